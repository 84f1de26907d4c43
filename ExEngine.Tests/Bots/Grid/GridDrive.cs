using System.Globalization;
using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Markets;

namespace ExEngine.Tests.Bots.Grid;

/// <summary>A grid bot and an exchange that fills its orders where the price goes. Each step goes through the stored text.</summary>
internal sealed class GridDrive
{
    private int _trades;
    private int _told;

    /// <summary>How often the state goes through its text.</summary>
    public int StoresEvery { get; init; } = 1;

    /// <summary>The worked grid: 90 to 110 in ten intervals, 1000 invested, no reserve.</summary>
    public static GridSettings Example { get; } =
        new()
        {
            Lower = 90,
            Upper = 110,
            Grids = 10,
            Investment = 1000,
            Reserve = 0,
        };

    public GridSettings Settings { get; set; } = Example;
    public GridState State { get; set; } = new();
    public BotContext Context { get; set; } =
        new()
        {
            Market = BotMarkets.Of(0.01m, 0.01m),
            Fees = FeeRates.Flat(0.001m, FeeCoin.Quote),
            Now = BotMarkets.Start,
        };

    public List<BotAction> Actions { get; } = [];
    public IReadOnlyList<BotAction> Last { get; private set; } = [];
    public BotInterest Interest { get; private set; }
    public IEnumerable<string> Notes => Actions.OfType<BotAction.Note>().Select(n => n.Text);
    public IEnumerable<BotAction.Place> Placed => Last.OfType<BotAction.Place>();
    public IEnumerable<BotAction.Cancel> Canceled => Last.OfType<BotAction.Cancel>();
    public IEnumerable<decimal> Buys => State.Orders.Where(o => o.Side == OrderSide.Buy).Select(o => o.Price ?? 0).Order();
    public IEnumerable<decimal> Sells => State.Orders.Where(o => o.Side == OrderSide.Sell).Select(o => o.Price ?? 0).Order();

    /// <summary>Lines without an order in either role.</summary>
    public IReadOnlyList<decimal> Empty =>
        [
            .. State
                .Cells.Select(c => c.Lower)
                .Append(State.Cells[^1].Upper)
                .Except(State.Cells.Select(c => c.IsHeld == (Settings.Direction == BotDirection.Long) ? c.Upper : c.Lower)),
        ];

    public GridDrive Tell(params BotEvent[] events)
    {
        var plan = GridPlanner.Plan(Settings, Context, State, events);
        State = ++_told % StoresEvery == 0 ? BotText.GridState(BotText.Of(plan.State)) : plan.State;
        (Last, Interest) = (plan.Actions, plan.Interest);
        Actions.AddRange(plan.Actions);
        return this;
    }

    public GridDrive Price(decimal price)
    {
        Context = Context with { Price = price };
        return Tell();
    }

    public GridDrive After(double seconds)
    {
        Context = Context with { Now = Context.Now.AddSeconds(seconds) };
        return Tell();
    }

    /// <summary>Bought at 100, and every line has its order.</summary>
    public GridDrive Started()
    {
        Price(100);
        return Tell(Filled(State.Orders.Single(), price: 100));
    }

    public BotOrder At(decimal price) => State.Orders.Single(o => o.Price == price);

    public BotEvent.Filled Filled(decimal line) => Filled(At(line));

    public BotEvent.Filled Filled(BotOrder order, decimal? quantity = null, decimal? price = null)
    {
        var at = price ?? order.Price ?? Context.Price!.Value;
        var amount = quantity ?? order.Remaining;
        var rate = order.Type == OrderType.Market ? Context.Fees.Taker(order.Side) : Context.Fees.Maker(order.Side);
        var (fee, asset) =
            Context.Fees.Coin == FeeCoin.Third ? (at * amount * rate, "BNB")
            : Context.Fees.Coin == FeeCoin.Base && order.Side == OrderSide.Buy ? (amount * rate, "BTC")
            : (at * amount * rate, "USDT");
        _trades++;
        return new(
            new BotFill(
                _trades.ToString(CultureInfo.InvariantCulture),
                order.Key,
                order.Side,
                at,
                amount,
                at * amount,
                fee,
                asset,
                Context.Now
            )
        );
    }

    /// <summary>The price goes somewhere, and every order that it meets is filled, counter orders on the way included.</summary>
    public GridDrive Go(decimal price)
    {
        Context = Context with { Price = price };
        while (Met(price) is { } order)
        {
            Tell(Filled(order));
        }

        return Tell();
    }

    public GridDrive End(decimal line, BotOrderEnd how = BotOrderEnd.Canceled)
    {
        var order = At(line);
        return Tell(new BotEvent.Ended(order.Key, how, order.Executed));
    }

    public GridDrive ProveCancels()
    {
        while (State.Orders.FirstOrDefault(o => o.CancelAsked) is { } order)
        {
            Tell(new BotEvent.Ended(order.Key, BotOrderEnd.Canceled, order.Executed));
        }

        return this;
    }

    public ProfitSplit Split(decimal price) => ProfitSplit.Of(State, Settings.Direction, price);

    private BotOrder? Met(decimal price) =>
        State.Orders.Where(o => o.Side == OrderSide.Buy && o.Price >= price).MaxBy(o => o.Price)
        ?? State.Orders.Where(o => o.Side == OrderSide.Sell && o.Price <= price).MinBy(o => o.Price);
}
