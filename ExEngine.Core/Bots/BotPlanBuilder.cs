using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Bots;

/// <summary>
/// What grows while one plan is made: actions, the counter of orders, what is left of the free funds, and when to look again. It lives
/// for one call of a planner, which stays a function of its arguments.
/// </summary>
internal sealed class BotPlanBuilder(BotContext context, int lastGeneration)
{
    private readonly List<BotAction> _actions = [];
    private decimal? _freeQuote = context.FreeQuote;
    private decimal? _freeBase = context.FreeBase;
    private decimal? _below;
    private decimal? _above;
    private DateTime? _at;

    public BotContext Context => context;
    public Market Market => context.Market;
    public DateTime Now => context.Now;
    public IReadOnlyList<BotAction> Actions => _actions;
    public int LastGeneration { get; private set; } = lastGeneration;
    public BotInterest Interest => new(_below, _above, _at);

    /// <summary>Orders and cancels go out: the exchange answers and the market is traded.</summary>
    public bool MayAct => context.IsReachable && context.Market.Active;

    /// <summary>For the list of deals that are over.</summary>
    public void Over(Deal deal) => _actions.Add(new BotAction.DealOver(deal));

    public void Note(BotNote kind, string text) => _actions.Add(new BotAction.Note(kind, text));

    public void NoteFill(string text) => _actions.Add(new BotAction.Note(BotNote.Info, text, IsOfFill: true));

    public void WatchBelow(decimal? price) => _below = price > _below || _below is null ? price ?? _below : _below;

    public void WatchAbove(decimal? price) => _above = price < _above || _above is null ? price ?? _above : _above;

    /// <summary>Any other price is of interest.</summary>
    public void WatchAll() => (_below, _above) = (decimal.MaxValue, 0);

    public void WakeAt(DateTime? at) => _at = at < _at || _at is null ? at ?? _at : _at;

    /// <summary>An order on the market's steps, checked: prices of buys down and of sells up, the quantity down.</summary>
    public OrderVerdict Fit(OrderSide side, decimal? price, decimal quantity, TimeInForce? time = null) =>
        Fit(context.Market, context.Price, side, price, quantity, time);

    public static OrderVerdict Fit(Market market, decimal? last, OrderSide side, decimal? price, decimal quantity, TimeInForce? time = null)
    {
        var draft = new OrderDraft
        {
            Side = side,
            Type = price is null ? OrderType.Market : OrderType.Limit,
            Price = price,
            Quantity = quantity,
            TimeInForce = time,
        };
        return OrderValidator.Check(OrderRounding.Round(draft, market).Draft, market, last);
    }

    /// <summary>What an order needs that is not free, with what it asks and what there is; null when it is covered.</summary>
    public (decimal Asked, decimal Free)? Shortage(ValidatedOrder order)
    {
        var asked = Needed(order);
        var free = order.Draft.Side == OrderSide.Buy ? _freeQuote : _freeBase;
        return free is { } there && there < asked ? (asked, Math.Max(0, there)) : null;
    }

    public BotOrder Place(string slot, ValidatedOrder order, Effect effect, int basis = 0)
    {
        LastGeneration++;
        var draft = order.Draft;
        var placed = new BotOrder
        {
            Slot = slot,
            Generation = LastGeneration,
            Side = draft.Side,
            Type = draft.Type,
            Price = draft.Type == OrderType.Market ? null : draft.Price,
            Quantity = draft.Quantity!.Value,
            Basis = basis,
            PlacedAt = context.Now,
        };
        if (draft.Side == OrderSide.Buy)
        {
            _freeQuote -= Needed(order);
        }
        else
        {
            _freeBase -= Needed(order);
        }

        _actions.Add(new BotAction.Place(placed.Key, order, effect));
        return placed;
    }

    public BotOrder Cancel(BotOrder order)
    {
        if (order.CancelAsked || order.End is not null)
        {
            return order;
        }

        _actions.Add(new BotAction.Cancel(order.Key));
        return order with { CancelAsked = true };
    }

    public decimal? FreeBase => _freeBase;
    public decimal? FreeQuote => _freeQuote;

    // In quote for a buy, its fee in quote included; in base for a sell.
    private decimal Needed(ValidatedOrder order)
    {
        var draft = order.Draft;
        if (draft.Side == OrderSide.Sell)
        {
            return draft.Quantity!.Value;
        }

        var isTaker = draft.Type == OrderType.Market || draft.TimeInForce == TimeInForce.ImmediateOrCancel;
        var rate = isTaker ? context.Fees.BuyTaker : context.Fees.BuyMaker;
        var price = draft.Type == OrderType.Market ? context.Price ?? 0 : draft.Price!.Value;
        return price * draft.Quantity!.Value * (1 + context.Fees.OnCost(rate));
    }
}
