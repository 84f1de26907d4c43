using System.Text.Json;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Positions;
using ExEngine.Core.Protection;
using ExEngine.Core.Text;

namespace ExEngine.Core.Portfolio;

/// <summary>A position as lists show it. Amounts are as in <see cref="Position"/>.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="Exchange">The account's exchange.</param>
/// <param name="OwnerName">The webhook's or bot's name; null for a person's.</param>
/// <param name="Closing">Somebody asked to close this share of it, in percent, and the engine is at it; null when nobody did.</param>
/// <param name="CloseRequestedAt">UTC of the last press that asked to close.</param>
/// <param name="CloseCode">Why that was refused, or what it waits out while it is tried again; null when nothing was refused.</param>
/// <param name="CloseReason">The same in words.</param>
/// <param name="Protection">JSON of a <see cref="ProtectionPlan"/>; null for none.</param>
public sealed record PositionRow(
    Guid Id,
    Guid AccountId,
    string Account,
    string Exchange,
    AccountMode Mode,
    string Symbol,
    OwnerKind OwnerKind,
    Guid OwnerId,
    string? OwnerName,
    string Base,
    string Quote,
    decimal Quantity,
    decimal EntryCost,
    decimal RealizedProfit,
    decimal RoundTripProfit,
    decimal SoldFromOutside,
    string FeesJson,
    DateTime? OpenedAt,
    DateTime? ClosedAt,
    decimal? Closing,
    DateTime? CloseRequestedAt,
    string? CloseCode,
    string? CloseReason,
    string? Protection,
    DateTime UpdatedAt
)
{
    /// <summary>Something that can be sold is held. A closed position may hold dust.</summary>
    public bool IsOpen => OpenedAt is not null;

    /// <summary>Quote per base; null while nothing is held.</summary>
    public decimal? AverageEntry => Quantity > 0 ? EntryCost / Quantity : null;

    /// <summary>Asset to the sum of what was ever paid in it.</summary>
    public IReadOnlyDictionary<string, decimal> Fees =>
        JsonSerializer.Deserialize<SortedDictionary<string, decimal>>(FeesJson, ExactJson.Options)!;

    public PositionValue ValueAt(decimal price) => PositionValue.Of(Quantity, EntryCost, price);
}

/// <summary>One position with what belongs to it.</summary>
/// <param name="Orders">Of its owner, account and symbol: those that are not final, newest first.</param>
/// <param name="Fills">Of its owner, account and symbol, newest first: the last <see cref="PositionQuery.MaxFills"/>.</param>
public sealed record PositionDetails(PositionRow Row, IReadOnlyList<OrderRow> Orders, IReadOnlyList<Fill> Fills);
