namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>What <see cref="ExchangeAccountValidator"/> has to know besides the input.</summary>
public sealed record ExchangeAccountContext
{
    public required IReadOnlyList<ExchangeInfo> Exchanges { get; init; }

    /// <summary>The account that is being changed; null for a new one.</summary>
    public ExchangeAccount? Stored { get; init; }

    /// <summary>Whether another account of the same user has this name already.</summary>
    public required Func<string, CancellationToken, Task<bool>> NameTaken { get; init; }

    public ExchangeInfo? Find(string? exchange) => Exchanges.FirstOrDefault(e => e.Id == exchange);
}
