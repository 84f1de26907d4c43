namespace ExEngine.Core.Exchanges.Ccxt.Descriptions;

/// <summary>
/// What an exchange's own codes say about a request, after its documentation and CCXT's <c>exceptions</c>. A code that is in no list
/// decides
/// nothing by itself. One that ends with <c>*</c> stands for all that begin so; a whole code wins over a beginning, a longer over a
/// shorter.
/// </summary>
public sealed record ExchangeCodes
{
    /// <summary>The order breaks a rule; it was refused.</summary>
    public IReadOnlyList<string> Rule { get; init; } = [];

    /// <summary>A post-only order would have taken; it was not placed.</summary>
    public IReadOnlyList<string> WouldTake { get; init; } = [];

    /// <summary>Not enough is free.</summary>
    public IReadOnlyList<string> Funds { get; init; } = [];

    /// <summary>The key, its rights or the account.</summary>
    public IReadOnlyList<string> Credentials { get; init; } = [];

    /// <summary>An order with this client id is there: look it up.</summary>
    public IReadOnlyList<string> DuplicateId { get; init; } = [];

    /// <summary>There is no such order.</summary>
    public IReadOnlyList<string> OrderUnknown { get; init; } = [];

    /// <summary>Too many requests of this account; the others go on.</summary>
    public IReadOnlyList<string> AccountLimited { get; init; } = [];

    /// <summary>Too many requests of this address: all accounts are silent.</summary>
    public IReadOnlyList<string> AddressLimited { get; init; } = [];

    /// <summary>The request's time is not the exchange's; it was not executed.</summary>
    public IReadOnlyList<string> Clock { get; init; } = [];

    /// <summary>Not executed, for reasons of the exchange.</summary>
    public IReadOnlyList<string> Unavailable { get; init; } = [];

    /// <summary>The exchange does not do this.</summary>
    public IReadOnlyList<string> NotSupported { get; init; } = [];

    /// <summary>Whether it was executed is not known.</summary>
    public IReadOnlyList<string> Ambiguous { get; init; } = [];

    /// <summary>Every code with what it means to the engine.</summary>
    public IEnumerable<(string Code, FaultKind Kind)> All() =>
        new (IReadOnlyList<string> Codes, FaultKind Kind)[]
        {
            (Rule, FaultKind.Rule),
            (WouldTake, FaultKind.WouldTake),
            (Funds, FaultKind.Funds),
            (Credentials, FaultKind.Credentials),
            (DuplicateId, FaultKind.DuplicateId),
            (OrderUnknown, FaultKind.OrderUnknown),
            (AccountLimited, FaultKind.RateLimited),
            (AddressLimited, FaultKind.RateLimited),
            (Clock, FaultKind.Clock),
            (Unavailable, FaultKind.Unavailable),
            (NotSupported, FaultKind.NotSupported),
            (Ambiguous, FaultKind.Ambiguous),
        }.SelectMany(row => row.Codes.Select(code => (code, row.Kind)));
}
