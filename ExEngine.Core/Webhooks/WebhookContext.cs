using ExEngine.Core.Exchanges.Accounts;

namespace ExEngine.Core.Webhooks;

/// <summary>What <see cref="WebhookValidator"/> has to know besides the input.</summary>
public sealed record WebhookContext
{
    /// <summary>The user's accounts; a webhook points at one of them.</summary>
    public required IReadOnlyList<ExchangeAccount> Accounts { get; init; }

    /// <summary>The webhook that is being changed; null for a new one.</summary>
    public Webhook? Stored { get; init; }

    /// <summary>Whether another webhook of the same user has this name already.</summary>
    public required Func<string, CancellationToken, Task<bool>> NameTaken { get; init; }

    /// <summary>Why an exchange does not know the symbol; null when it does, or when its rules are not at hand.</summary>
    public required Func<string, string, CancellationToken, Task<string?>> SymbolProblem { get; init; }

    public ExchangeAccount? Account(Guid? id) => Accounts.FirstOrDefault(a => a.Id == id);
}
