using System.Text.Json.Serialization;
using ExEngine.Core.Portfolio;
using ExEngine.Core.Positions;
using ExEngine.Core.Protection;

namespace ExEngine.Web.Api;

/// <summary>A position. Quantities are in base, prices in quote per base, profits and values in quote.</summary>
/// <param name="Owner">Whose orders make it.</param>
/// <param name="Side"><c>long</c>, or <c>flat</c> when nothing that can be sold is held.</param>
/// <param name="Quantity">What was executed, less fees in base; of a flat position it is dust.</param>
/// <param name="RealizedProfit">Since ever, after fees in base and quote.</param>
/// <param name="RoundTripProfit">The part of it since the position was last flat.</param>
/// <param name="UnrealizedProfit">At the last price; left out when none is known.</param>
/// <param name="Fees">Asset to what was ever paid in it.</param>
/// <param name="ClosingPercent">A close of this share is under way; left out when none is.</param>
/// <param name="CloseRequestedAt">When a close was last asked for.</param>
/// <param name="CloseCode">Why it was refused, or what it waits out while it is tried again.</param>
/// <param name="CloseReason">The same in words.</param>
public sealed record PositionView(
    Guid Id,
    Guid AccountId,
    string Account,
    string Symbol,
    PositionOwnerView Owner,
    string Side,
    decimal Quantity,
    decimal? AverageEntry,
    decimal EntryCost,
    decimal RealizedProfit,
    [property: JsonPropertyName("roundProfit")] decimal RoundTripProfit,
    decimal? UnrealizedProfit,
    decimal? UnrealizedPercent,
    decimal? Value,
    decimal? LastPrice,
    IReadOnlyDictionary<string, decimal> Fees,
    ProtectionPlan? Protection,
    decimal? ClosingPercent,
    DateTime? CloseRequestedAt,
    string? CloseCode,
    string? CloseReason,
    DateTime? OpenedAt,
    DateTime? ClosedAt,
    DateTime UpdatedAt
)
{
    /// <param name="last">Quote per base; null when no price is known.</param>
    public static PositionView Of(PositionRow r, decimal? last)
    {
        var value = last is { } price ? r.ValueAt(price) : null;
        return new(
            r.Id,
            r.AccountId,
            r.Account,
            r.Symbol,
            new(r.OwnerKind, r.OwnerKind == OwnerKind.Manual ? null : r.OwnerId, r.OwnerName),
            r.IsOpen ? "long" : "flat",
            r.Quantity,
            r.AverageEntry,
            r.EntryCost,
            r.RealizedProfit,
            r.RoundTripProfit,
            value?.Profit,
            value?.Percent,
            value?.Value,
            last,
            r.Fees,
            ProtectionPlan.Read(r.Protection),
            r.Closing,
            r.CloseRequestedAt,
            r.CloseCode,
            r.CloseReason,
            r.OpenedAt,
            r.ClosedAt,
            r.UpdatedAt
        );
    }
}

/// <param name="Id">The webhook's or bot's; left out for a person's.</param>
/// <param name="Name">Left out for a person's, and when the webhook or bot is gone.</param>
public sealed record PositionOwnerView(OwnerKind Kind, Guid? Id, string? Name);

/// <summary>One position with its open orders and its fills, newest first.</summary>
public sealed record PositionDetailsView(PositionView Position, IReadOnlyList<OrderView> Orders, IReadOnlyList<FillView> Fills);
