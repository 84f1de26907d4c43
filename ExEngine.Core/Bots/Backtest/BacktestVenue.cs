using System.Globalization;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Backtest;

/// <summary>The exchange of a backtest: resting orders, balances and fills. Prices move in whole units, money is decimal.</summary>
internal sealed class BacktestVenue(BacktestSettings settings, decimal unit)
{
    private readonly List<VenueOrder> _orders = [];
    private readonly List<BotEvent> _events = [];
    private int _trades;

    // In quote and base: what resting orders promise, kept along instead of summed up anew at every look.
    private decimal _promisedQuote;
    private decimal _promisedBase;
    private readonly decimal _buyFee = 1 + settings.Fees.OnCost(settings.Fees.BuyMaker);

    public decimal Cash { get; private set; } = settings.StartQuote;
    public decimal Coins { get; private set; } = settings.StartBase;

    /// <summary>In quote: fees that were paid in a third coin, and fees of all kinds.</summary>
    public decimal ThirdFees { get; private set; }
    public decimal Fees { get; private set; }
    public List<BacktestFill> Fills { get; } = [];

    /// <summary>In base: what this candle's volume still gives; null without a bound.</summary>
    public decimal? VolumeLeft { get; set; }

    /// <summary>In units: a price at or below the first, or at or above the second, fills something.</summary>
    public long HighestBuy { get; private set; } = long.MinValue;
    public long LowestSell { get; private set; } = long.MaxValue;

    public decimal FreeQuote => Cash - _promisedQuote;

    public decimal FreeBase => Coins - _promisedBase;

    /// <summary>What happened since the last call.</summary>
    public IReadOnlyList<BotEvent> Take()
    {
        if (_events.Count == 0)
        {
            return [];
        }

        var events = _events.ToArray();
        _events.Clear();
        return events;
    }

    public void Do(BotAction action, long at, DateTime now)
    {
        switch (action)
        {
            case BotAction.Place place:
                Place(place, at, now);
                break;
            case BotAction.Cancel cancel when _orders.Find(o => o.Key == cancel.Key) is { } order:
                Remove(order);
                _events.Add(new BotEvent.Ended(order.Key, BotOrderEnd.Canceled, order.Executed));
                Bounds();
                break;
            default:
                break;
        }
    }

    /// <summary>Fills what a price meets: resting orders at their own price, nearest to where the price came from first.</summary>
    public void Meet(long at, DateTime now)
    {
        if (at > HighestBuy && at < LowestSell)
        {
            return;
        }

        foreach (var order in _orders.Where(o => o.IsMet(at)).OrderByDescending(o => o.Side == OrderSide.Buy ? o.Level : -o.Level).ToList())
        {
            var price = order.Price ?? Slipped(order.Side, at);
            Fill(order, price, order.Price is null, now);
        }

        Bounds();
    }

    private void Place(BotAction.Place place, long at, DateTime now)
    {
        var draft = place.Order.Draft;
        var (side, quantity) = (draft.Side, draft.Quantity!.Value);
        if (draft.Type == OrderType.Market)
        {
            var order = new VenueOrder(place.Key, side, null, quantity, side == OrderSide.Buy ? long.MaxValue : long.MinValue);
            Add(order);
            Fill(order, Slipped(side, at), true, now);
        }
        else
        {
            Limit(place, draft, at, now);
        }

        Bounds();
    }

    private void Limit(BotAction.Place place, OrderDraft draft, long at, DateTime now)
    {
        var limit = draft.Price!.Value;
        var units = (long)(limit * unit);
        var tick = settings.FillsThrough ? (long)((settings.Market.PriceIncrements.IncrementAt(limit) ?? (1 / unit)) * unit) : 0;
        var level = draft.Side == OrderSide.Buy ? units - tick : units + tick;
        var order = new VenueOrder(place.Key, draft.Side, limit, draft.Quantity!.Value, level);
        Add(order);
        var isMarketable = draft.Side == OrderSide.Buy ? units >= at : units <= at;
        if (draft.TimeInForce == TimeInForce.ImmediateOrCancel)
        {
            var price = Slipped(draft.Side, at);
            if (draft.Side == OrderSide.Buy ? price <= limit : price >= limit)
            {
                Fill(order, price, true, now);
            }

            if (Remove(order))
            {
                _events.Add(new BotEvent.Ended(order.Key, BotOrderEnd.Expired, order.Executed));
            }
        }
        else if (isMarketable)
        {
            Fill(order, at / unit, true, now);
        }
    }

    private void Fill(VenueOrder order, decimal price, bool isTaker, DateTime now)
    {
        var quantity = order.Remaining;
        if (VolumeLeft is { } left)
        {
            quantity = Math.Min(quantity, settings.Market.QuantityIncrements.Down(left));
            VolumeLeft = left - quantity;
        }

        if (quantity <= 0)
        {
            return;
        }

        Promise(order, -quantity);
        order.Executed += quantity;
        if (order.Remaining == 0)
        {
            Remove(order);
        }

        Book(order, price, quantity, isTaker, now);
    }

    private void Add(VenueOrder order)
    {
        _orders.Add(order);
        Promise(order, order.Remaining);
    }

    private bool Remove(VenueOrder order)
    {
        var was = _orders.Remove(order);
        if (was)
        {
            Promise(order, -order.Remaining);
        }

        return was;
    }

    private void Promise(VenueOrder order, decimal quantity)
    {
        if (order.Side == OrderSide.Buy)
        {
            _promisedQuote += (order.Price ?? 0) * quantity * _buyFee;
        }
        else
        {
            _promisedBase += quantity;
        }
    }

    private void Book(VenueOrder order, decimal price, decimal quantity, bool isTaker, DateTime now)
    {
        var rate = isTaker ? settings.Fees.Taker(order.Side) : settings.Fees.Maker(order.Side);
        var (cost, isBuy) = (price * quantity, order.Side == OrderSide.Buy);
        var inBase = settings.Fees.Coin == FeeCoin.Base && isBuy;
        var isThird = settings.Fees.Coin == FeeCoin.Third;
        var (fee, asset) =
            isThird ? (cost * rate, "third coin")
            : inBase ? (quantity * rate, settings.Market.Base)
            : (cost * rate, settings.Market.Quote);
        Coins += (isBuy ? quantity : -quantity) - (inBase ? fee : 0);
        Cash += (isBuy ? -cost : cost) - (inBase || isThird ? 0 : fee);
        ThirdFees += isThird ? fee : 0;
        Fees += cost * rate;
        _trades++;
        var id = _trades.ToString(CultureInfo.InvariantCulture);
        _events.Add(new BotEvent.Filled(new BotFill(id, order.Key, order.Side, price, quantity, cost, fee, asset, now)));
        Fills.Add(new(now, order.Key.Leg, order.Side, price, quantity, cost * rate));
    }

    // Quote per base, on the tick, for the worse.
    private decimal Slipped(OrderSide side, long at)
    {
        var price = at / unit;
        var slipped = price * (1 + (settings.Slippage / 100 * (side == OrderSide.Buy ? 1 : -1)));
        return side == OrderSide.Buy
            ? settings.Market.PriceIncrements.Up(slipped) ?? slipped
            : settings.Market.PriceIncrements.Down(slipped);
    }

    private void Bounds()
    {
        (HighestBuy, LowestSell) = (long.MinValue, long.MaxValue);
        foreach (var order in _orders)
        {
            if (order.Side == OrderSide.Buy)
            {
                HighestBuy = Math.Max(HighestBuy, order.Level);
            }
            else
            {
                LowestSell = Math.Min(LowestSell, order.Level);
            }
        }
    }
}
