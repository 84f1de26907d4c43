using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.RateLimits;

namespace ExEngine.Core.Webhooks;

/// <summary>What <see cref="WebhookValidator"/> has to know besides the input.</summary>
public sealed record WebhookContext
{
    /// <summary>The user's accounts; a webhook points at one of them.</summary>
    public required IReadOnlyList<ExchangeAccount> Accounts { get; init; }

    /// <summary>The user's other webhooks: this one may trade together with one of the same account.</summary>
    public IReadOnlyList<Webhook> Others { get; init; } = [];

    /// <summary>Symbols in which the webhook that is being changed holds a position of its own now.</summary>
    public IReadOnlyList<string> Holds { get; init; } = [];

    /// <summary>The webhook that is being changed; null for a new one.</summary>
    public Webhook? Stored { get; init; }

    /// <summary>What the operator leaves of rate limits.</summary>
    public WebhookRateLimit Rate { get; init; } = new();

    /// <summary>Whether another webhook of the same user has this name already.</summary>
    public required Func<string, CancellationToken, Task<bool>> NameTaken { get; init; }

    /// <summary>Why an exchange does not know the symbol; null when it does, or when its rules are not at hand.</summary>
    public required Func<string, string, CancellationToken, Task<string?>> SymbolProblem { get; init; }

    /// <summary>Those of an account that trade a position of their own, so that another may join.</summary>
    public IEnumerable<Webhook> Leaders(Guid? accountId) => Others.Where(w => w.AccountId == accountId && w.TradesWithId is null);

    public ExchangeAccount? Account(Guid? id) => Accounts.FirstOrDefault(a => a.Id == id);
}
