using System.Globalization;
using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Markets;
using Shouldly;

namespace ExEngine.Tests.Bots.Dca;

/// <summary>A DCA bot and what a test tells it. Each step goes through the stored text, as with a restart between any two.</summary>
internal sealed class DcaDrive
{
    private int _trades;
    private int _told;

    /// <summary>How often the state goes through its text.</summary>
    public int StoresEvery { get; init; } = 1;

    public DcaSettings Settings { get; set; } = DcaExamples.Table;
    public DcaState State { get; set; } = new();
    public BotContext Context { get; set; } =
        new()
        {
            Market = BotMarkets.Of(0.01m, 0.001m),
            Fees = FeeRates.Flat(0, FeeCoin.Quote),
            Now = BotMarkets.Start,
        };

    public List<BotAction> Actions { get; } = [];
    public IReadOnlyList<BotAction> Last { get; private set; } = [];
    public BotInterest Interest { get; private set; }
    public Deal Deal => State.Deals[^1];
    public IEnumerable<string> Notes => Actions.OfType<BotAction.Note>().Select(n => n.Text);
    public IEnumerable<BotAction.Place> Placed => Last.OfType<BotAction.Place>();
    public IEnumerable<BotAction.Cancel> Canceled => Last.OfType<BotAction.Cancel>();

    public DcaDrive Tell(params BotEvent[] events)
    {
        var plan = DcaPlanner.Plan(Settings, Context, State, events);
        State = ++_told % StoresEvery == 0 ? BotText.DcaState(BotText.Of(plan.State)) : plan.State;
        (Last, Interest) = (plan.Actions, plan.Interest);
        Actions.AddRange(plan.Actions);
        return this;
    }

    public DcaDrive Price(decimal price)
    {
        Context = Context with { Price = price };
        return Tell();
    }

    public DcaDrive After(double seconds)
    {
        Context = Context with { Now = Context.Now.AddSeconds(seconds) };
        return Tell();
    }

    public BotOrder? Order(string name) => Deal.Orders.FirstOrDefault(o => o.Slot.EndsWith("." + name, StringComparison.Ordinal));

    /// <summary>The exchange fills an order, or a part of it, at its own price or another.</summary>
    public DcaDrive Fill(string name, decimal? quantity = null, decimal? price = null) => Tell(Filled(name, quantity, price));

    public BotEvent.Filled Filled(string name, decimal? quantity = null, decimal? price = null)
    {
        var order = Order(name).ShouldNotBeNull($"There is no order {name}.");
        var at = price ?? order.Price ?? Context.Price!.Value;
        var amount = quantity ?? order.Remaining;
        var rates = Context.Fees;
        var rate = order.Type == OrderType.Market ? rates.Taker(order.Side) : rates.Maker(order.Side);
        var (fee, asset) =
            rates.Coin == FeeCoin.Third ? (at * amount * rate, "BNB")
            : rates.Coin == FeeCoin.Base && order.Side == OrderSide.Buy ? (amount * rate, "BTC")
            : (at * amount * rate, "USDT");
        _trades++;
        var id = _trades.ToString(CultureInfo.InvariantCulture);
        return new(new BotFill(id, order.Key, order.Side, at, amount, at * amount, fee, asset, Context.Now));
    }

    public DcaDrive End(string name, BotOrderEnd how = BotOrderEnd.Canceled, string? reason = null)
    {
        var order = Order(name).ShouldNotBeNull($"There is no order {name}.");
        return Tell(new BotEvent.Ended(order.Key, how, order.Executed, reason));
    }

    /// <summary>Proves the cancels that were asked for.</summary>
    public DcaDrive ProveCancels()
    {
        while (State.Deals.Count > 0 && Deal.Orders.FirstOrDefault(o => o.CancelAsked) is { } order)
        {
            Tell(new BotEvent.Ended(order.Key, BotOrderEnd.Canceled, order.Executed));
        }

        return this;
    }

    /// <summary>A deal with its base order bought at 100.</summary>
    public DcaDrive Bought()
    {
        Price(100);
        return Fill("base", price: 100);
    }

    public LineStatus Line(int number) => Deal.Lines[number - 1].Status;
}
