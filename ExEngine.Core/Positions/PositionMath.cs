using ExEngine.Core.Markets;

namespace ExEngine.Core.Positions;

/// <summary>
/// Fills to positions. What is held is what was executed less the fees that were paid in base; what it cost includes the fees that
/// were paid in quote. A sell takes its share of the entry cost along, rounded half to even to 16 decimals (or to as many as the cost
/// has) with the remainder staying, and all of it when nothing is left: so the profits of all fills less the entry cost that
/// is left are the quote that came in less the quote that went out, digit for digit, while amounts stay below 10^12.
/// </summary>
public static class PositionMath
{
    /// <summary>
    /// The holding after one more fill, which must not be older than the last (<see cref="NeedsReplay"/>). The last fill told
    /// again changes nothing.
    /// </summary>
    /// <param name="market">Its rules say when what a sell leaves is dust, so that the round is closed; null: only nothing is.</param>
    public static PositionChange Apply(Holding before, Fill fill, Market? market = null)
    {
        if (fill.ExchangeTradeId == before.LastTradeId && fill.At == before.LastFillAt)
        {
            return new PositionChange(before, 0, 0);
        }

        var feeInBase = fill.FeeAsset == before.Base ? fill.Fee : 0;
        var feeInQuote = fill.FeeAsset == before.Quote ? fill.Fee : 0;
        var isBuy = fill.Side == OrderSide.Buy;
        var change = isBuy
            ? Move(before, fill.Quantity - feeInBase, -fill.Cost - feeInQuote)
            : Move(before, -fill.Quantity - feeInBase, fill.Cost - feeInQuote);
        var after = Round(before, change, fill, isBuy, market) with
        {
            Fees = WithFee(before.Fees, fill),
            LastFillAt = fill.At,
            LastTradeId = fill.ExchangeTradeId,
        };
        return change with { After = after };
    }

    /// <summary>Counts anew from nothing: in the order of <see cref="FillOrder"/>, each trade id once.</summary>
    public static PositionReplay Of(string @base, string quote, IEnumerable<Fill> fills, Market? market = null) =>
        Of(new Holding { Base = @base, Quote = quote }, fills, market);

    /// <summary>
    /// Counts anew from the point where nothing was held before <see cref="Holding.OpenedAt"/>: what came earlier stays as it is. The
    /// result is that of counting everything.
    /// </summary>
    /// <param name="now">As it was counted without the late fills.</param>
    /// <param name="round">Every fill counted in it that is not older than <see cref="Holding.OpenedAt"/>.</param>
    /// <returns>Null when that does not suffice: it is closed, it began with dust, or a late fill is older.</returns>
    public static PositionReplay? OfRound(
        Holding now,
        IReadOnlyCollection<Fill> round,
        IReadOnlyCollection<Fill> late,
        Market? market = null
    )
    {
        if (now.OpenedAt is not { } opened || late.Any(f => f.At < opened) || round.Any(f => f.At == opened && f.Side != OrderSide.Buy))
        {
            return null;
        }

        var alone = Of(now.Base, now.Quote, round, market).Holding;
        if (
            (alone.Quantity, alone.EntryCost, alone.RoundTripProfit, alone.OpenedAt, alone.LastFillAt, alone.LastTradeId)
            != (now.Quantity, now.EntryCost, now.RoundTripProfit, now.OpenedAt, now.LastFillAt, now.LastTradeId)
        )
        {
            return null;
        }

        var before = new Holding
        {
            Base = now.Base,
            Quote = now.Quote,
            RealizedProfit = now.RealizedProfit - alone.RealizedProfit,
            SoldFromOutside = now.SoldFromOutside - alone.SoldFromOutside,
            Fees = Without(now.Fees, alone.Fees),
        };
        return Of(before, [.. round, .. late], market);
    }

    private static PositionReplay Of(Holding holding, IEnumerable<Fill> fills, Market? market)
    {
        var profits = new Dictionary<Guid, decimal>();
        foreach (var fill in fills.DistinctBy(f => f.ExchangeTradeId).Order(FillOrder.Instance))
        {
            (holding, var profit, _) = Apply(holding, fill, market);
            profits[fill.Id] = profit;
        }

        return new PositionReplay(holding, profits);
    }

    /// <summary>The fill is older than the newest that is counted: everything must be counted anew.</summary>
    public static bool NeedsReplay(Position position, Fill fill) =>
        position is { LastFillAt: { } at, LastTradeId: { } id } && FillOrder.Compare(fill.At, fill.ExchangeTradeId, at, id) < 0;

    /// <summary>In base: what of a quantity can be sold at all, on the step; 0 when it is dust.</summary>
    /// <param name="price">Quote per base, for the minimum cost; null leaves that out.</param>
    public static decimal Sellable(decimal quantity, Market market, decimal? price)
    {
        var sellable = market.QuantityIncrements.Down(quantity);
        var isTooCheap = price is { } at && ExactCost.Of(at, sellable).CompareTo(ExactCost.Of(market.MinNotional ?? 0)) < 0;
        return sellable <= 0 || sellable < market.MinQuantity || isTooCheap ? 0 : sellable;
    }

    /// <summary>Nothing of it can be sold: a position with that is closed, for planning. The rest goes with the next sell.</summary>
    public static bool IsDust(decimal quantity, Market market, decimal? price) => Sellable(quantity, market, price) == 0;

    // Coins and money of one fill; coins in are positive, money in is positive.
    private static PositionChange Move(Holding before, decimal coins, decimal money)
    {
        var left = before.Quantity + coins;
        if (coins >= 0 && left > 0)
        {
            return new(before with { Quantity = left, EntryCost = before.EntryCost - money }, 0, 0);
        }

        // More than was held goes out: the part of the money that is for coins of unknown cost is nobody's profit.
        var ours = left < 0 ? Proportion.Of(money, before.Quantity, -coins) : money;
        var cost = left > 0 ? Proportion.Of(before.EntryCost, -coins, before.Quantity) : before.EntryCost;
        var profit = ours - cost;
        return new(
            before with
            {
                Quantity = Math.Max(left, 0),
                EntryCost = before.EntryCost - cost,
                RealizedProfit = before.RealizedProfit + profit,
                SoldFromOutside = before.SoldFromOutside + Math.Max(-left, 0),
            },
            profit,
            money - ours
        );
    }

    private static Holding Round(Holding before, PositionChange change, Fill fill, bool isBuy, Market? market)
    {
        var after = change.After;
        if (isBuy && before.OpenedAt is null && after.Quantity > 0)
        {
            return after with { OpenedAt = fill.At, ClosedAt = null, RoundTripProfit = change.Profit };
        }

        after = after with { RoundTripProfit = before.RoundTripProfit + change.Profit };
        var closes =
            before.OpenedAt is not null
            && (after.Quantity == 0 || (!isBuy && market is not null && IsDust(after.Quantity, market, fill.Price)));
        return closes ? after with { OpenedAt = null, ClosedAt = fill.At } : after;
    }

    // An asset that is left with nothing had no fee before: what is counted again brings it back.
    private static Dictionary<string, decimal> Without(
        IReadOnlyDictionary<string, decimal> fees,
        IReadOnlyDictionary<string, decimal> of
    ) =>
        fees.Where(f => !of.TryGetValue(f.Key, out var part) || part != f.Value)
            .ToDictionary(f => f.Key, f => f.Value - of.GetValueOrDefault(f.Key), StringComparer.Ordinal);

    private static IReadOnlyDictionary<string, decimal> WithFee(IReadOnlyDictionary<string, decimal> fees, Fill fill) =>
        fill.FeeAsset is not { } asset || fill.Fee == 0
            ? fees
            : new SortedDictionary<string, decimal>(fees.ToDictionary(), StringComparer.Ordinal)
            {
                [asset] = fees.GetValueOrDefault(asset) + fill.Fee,
            };
}

/// <param name="Profit">In quote: what this fill realised; goes to <see cref="Fill.RealizedProfit"/>.</param>
/// <param name="UntrackedMoney">In quote, less fees in quote: what it brought for coins that our fills had not bought.</param>
public sealed record PositionChange(Holding After, decimal Profit, decimal UntrackedMoney);

/// <param name="Profits">In quote, by the fill's id. A duplicate trade has none.</param>
public sealed record PositionReplay(Holding Holding, IReadOnlyDictionary<Guid, decimal> Profits);
