using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Edits;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Markets;
using ExEngine.Tests.Bots.Dca;
using ExEngine.Tests.Bots.Grid;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Bots.Edits;

/// <summary>What an edit would do is what it then does: each case is rehearsed first, and carried out by the planner afterwards.</summary>
public sealed class EditRehearsalTests
{
    [Fact]
    public void GridMovedUp_NamesWhatComesOff_IsPlaced_AndIsBoughtAtMarket()
    {
        var bot = new GridDrive().Started();
        var diff = Rehearse(bot, bot.Settings with { Lower = 94, Upper = 118, Grids = 12 });

        diff.Kept.ShouldBe(8);
        Rows(diff)
            .ShouldBe([
                "Placed Buy market 4.08",
                "Placed Sell 118 1.02",
                "Placed Sell 116 1.02",
                "Placed Sell 114 1.02",
                "Placed Sell 112 1.02",
                "Cancelled Buy 92 -1.02",
                "Cancelled Buy 90 -1.02",
            ]);
        ShouldCome(bot, diff);
    }

    [Fact]
    public void GridMadeNarrower_SellsWhatIsLeftOver()
    {
        var bot = new GridDrive().Started();
        var diff = Rehearse(bot, bot.Settings with { Upper = 104, Grids = 7 });

        Rows(diff)
            .ShouldBe(["Placed Sell market 3.06", "Cancelled Sell 110 -1.02", "Cancelled Sell 108 -1.02", "Cancelled Sell 106 -1.02"]);
        ShouldCome(bot, diff);
    }

    [Fact]
    public void GridOfOtherSpacing_MovesTheNearestOrders()
    {
        var bot = new GridDrive().Started();
        var diff = Rehearse(bot, bot.Settings with { Lower = 95, Upper = 105 });

        // The same count of lines nearer to the price: the buys cost more than the bot has, and the lowest waits.
        diff.Rows.Count(r => r.Change == EditChange.Moved).ShouldBe(9);
        diff.Rows.Single(r => r.Change != EditChange.Moved).Change.ShouldBe(EditChange.Cancelled);
        diff.Notes.ShouldContain(n => n.Contains("the line at 95.00 waits for"));
        diff.Rows.Where(r => r.Side == OrderSide.Sell).Select(r => r.Price).ShouldBe([105m, 104m, 103m, 102m, 101m]);
        ShouldCome(bot, diff);
    }

    [Fact]
    public void GridWithFundsThatAreNotThere_SaysWhichLineWaits()
    {
        var bot = new GridDrive().Started();
        bot.Context = bot.Context with { FreeQuote = 0, FreeBase = 0 };
        var diff = Rehearse(bot, bot.Settings with { Lower = 80, Grids = 15 });

        diff.Rows.ShouldAllBe(r => r.Change == EditChange.Placed || r.Change == EditChange.Cancelled);
        diff.Notes.ShouldContain(n => n.Contains("waits for"));
    }

    [Fact]
    public void GridEditedWhileItsStartIsBought_HasTheNewLines()
    {
        var bot = new GridDrive();
        bot.Price(100);
        bot.Settings = bot.Settings with { Upper = 104, Grids = 7 };
        bot.Tell(new BotEvent.RangeEdited());
        bot.Tell(bot.Filled(bot.State.Orders.Single(), price: 100));
        bot.Tell(bot.Filled(bot.State.Orders.Single(o => o.Type == OrderType.Market), price: 100));

        bot.Sells.ShouldBe([102, 104]);
        bot.Buys.ShouldBe([90, 92, 94, 96, 98]);
    }

    [Fact]
    public void DcaEdit_LeavesTheOpenDealAlone_UnlessItIsAskedFor()
    {
        var bot = new DcaDrive().Bought();
        var settings = bot.Settings with
        {
            Deviation = 2,
            TakeProfit = new() { Percent = 3 },
        };

        Rows(Rehearse(bot, settings)).ShouldBeEmpty();
        var diff = Rehearse(bot, settings, new BotEvent.DealsEdited());
        diff.Rows.ShouldAllBe(r => r.Change == EditChange.Moved);
        diff.Rows.Select(r => (r.Line, r.WasPrice, r.Price))
            .ShouldBe([
                ("Deal 1: Take-profit 1", 102m, 103m),
                ("Deal 1: Safety order 1", 98.5m, 98m),
                ("Deal 1: Safety order 2", 96.4m, 95.2m),
            ]);
        ShouldCome(bot, settings, diff);
        bot.Deal.Settings.Deviation.ShouldBe(2);
    }

    [Fact]
    public void DcaEdit_KeepsWhatIsBought_AndOrdersThatAreAsSet()
    {
        var bot = new DcaDrive().Bought();
        bot.Fill("so1").ProveCancels();
        var settings = bot.Settings with { SafetyOrder = 80, MaxSafetyOrders = 3, ActiveSafetyOrders = 1 };
        var diff = Rehearse(bot, settings, new BotEvent.DealsEdited());

        // Number 2 costs 120 instead of 75; number 3 does not rest any more, and the take-profit is as it was.
        Rows(diff).ShouldBe(["Moved Buy 96.4 1.244 from 96.4 0.778", "Cancelled Buy 93.46 -1.203"]);
        diff.Kept.ShouldBe(1);
        ShouldCome(bot, settings, diff);
        bot.Deal.Lines.Count.ShouldBe(3);
        bot.Deal.Book.Held.ShouldBe(1.507m);
        DcaLadder.Of(bot.Deal.Settings, bot.Context.Market, 100)[0].Quantity.ShouldBe(0.507m, "What is bought stays as it was.");
    }

    [Fact]
    public void DcaEdit_WhileTheExchangeIsAway_IsCarriedOutWhenItIsBack()
    {
        var bot = new DcaDrive().Bought();
        bot.Context = bot.Context with { IsReachable = false };
        bot.Settings = bot.Settings with { Deviation = 2 };
        bot.Tell(new BotEvent.DealsEdited()).Canceled.ShouldBeEmpty();
        bot.Context = bot.Context with { IsReachable = true };
        bot.Tell().Canceled.Count().ShouldBe(2);
        bot.ProveCancels();
        bot.Order("so1")!.Price.ShouldBe(98);
    }

    [Fact]
    public void DcaSafetyOrderFilledWhileItsCancelIsUnderWay_Counts()
    {
        var bot = new DcaDrive().Bought();
        bot.Settings = bot.Settings with { MaxSafetyOrders = 1, Deviation = 3 };
        bot.Tell(new BotEvent.DealsEdited());
        bot.Fill("so2").Fill("so1").ProveCancels();

        bot.Deal.Book.Held.ShouldBe(1 + 0.507m + 0.778m);
        bot.Deal.Orders.ShouldAllBe(o => o.Side == OrderSide.Sell);
        bot.Deal.Orders.Sum(o => o.Quantity).ShouldBe(bot.Deal.Book.Held);
    }

    [Fact]
    public void Limits_SayWhatCannotBeChangedAndWhy()
    {
        var grid = new GridDrive().Started();
        var bot = Bot(BotKind.Grid, BotText.Of(grid.Settings), BotText.Of(grid.State));
        var limits = EditLimits.Of(bot, BotText.Of(grid.Settings with { Investment = 500, QuantityPerGrid = 2 }), false);
        limits.Single(l => l.IsRefused).Field.ShouldBe("investment");
        limits.Single(l => l.IsRefused).Reason.ShouldContain("started with 1000");
        limits.Single(l => !l.IsRefused).Field.ShouldBe("quantityPerGrid");
        EditLimits.Of(bot, BotText.Of(grid.Settings with { Upper = 120 }), false).ShouldBeEmpty();

        var dca = new DcaDrive().Bought();
        dca.Fill("so1");
        bot = Bot(BotKind.Dca, BotText.Of(dca.Settings), BotText.Of(dca.State));
        EditLimits.Of(bot, BotText.Of(dca.Settings), false).Single().Reason.ShouldContain("these hold from the next deal");
        EditLimits
            .Of(bot, BotText.Of(dca.Settings with { BaseOrder = 50 }), true)
            .Select(l => l.Reason)
            .ShouldBe([
                "Deal 1 has its base order already; this holds from the next deal.",
                "Safety order 1 of deal 1 is bought and stays as it was.",
            ]);
    }

    private static EditDiff Rehearse(GridDrive bot, GridSettings settings)
    {
        var before = Bot(BotKind.Grid, BotText.Of(bot.Settings), BotText.Of(bot.State));
        bot.Settings = settings;
        var asked = BotEdits.Asked(before, BotText.Of(settings), false);
        return EditRehearsal.Of(before, BotText.Of(settings), bot.Context, asked);
    }

    private static EditDiff Rehearse(DcaDrive bot, DcaSettings settings, params BotEvent[] asked) =>
        EditRehearsal.Of(Bot(BotKind.Dca, BotText.Of(bot.Settings), BotText.Of(bot.State)), BotText.Of(settings), bot.Context, asked);

    private static Bot Bot(BotKind kind, string settings, string state) =>
        new()
        {
            Name = "Bot",
            NormalizedName = "BOT",
            Symbol = "BTC/USDT",
            Kind = kind,
            Settings = settings,
            State = state,
            Status = BotStatus.Running,
        };

    // The planner comes to the orders that were foretold.
    private static void ShouldCome(GridDrive bot, EditDiff diff)
    {
        var before = bot.State.Orders;
        bot.Tell(new BotEvent.RangeEdited()).ProveCancels();
        if (bot.State.Orders.SingleOrDefault(o => o.Type == OrderType.Market) is { } order)
        {
            bot.Tell(bot.Filled(order, price: 100));
        }

        ShouldBe(before, bot.State.Orders, diff);
    }

    private static void ShouldCome(DcaDrive bot, DcaSettings settings, EditDiff diff)
    {
        var before = bot.Deal.Orders;
        bot.Settings = settings;
        bot.Tell(new BotEvent.DealsEdited()).ProveCancels();
        ShouldBe(before, bot.Deal.Orders, diff);
    }

    private static void ShouldBe(IReadOnlyList<BotOrder> before, IReadOnlyList<BotOrder> after, EditDiff diff)
    {
        var resting = diff.Rows.Where(r => r.Price is not null).Select(r => (r.Side, r.Price, r.Quantity));
        after
            .Where(o => before.All(b => b.Key != o.Key))
            .Select(o => (o.Side, o.Price, (decimal?)o.Quantity))
            .ShouldBe(resting, ignoreOrder: true);
        var off = diff.Rows.Where(r => r.WasPrice is not null).Select(r => (r.Side, r.WasPrice, r.WasQuantity));
        before
            .Where(o => after.All(a => a.Key != o.Key))
            .Select(o => (o.Side, o.Price, (decimal?)o.Remaining))
            .ShouldBe(off, ignoreOrder: true);
    }

    private static IEnumerable<string> Rows(EditDiff diff) =>
        diff.Rows.Select(r =>
            r.Change switch
            {
                EditChange.Cancelled => FormattableString.Invariant($"{r.Change} {r.Side} {r.WasPrice:0.###} -{r.WasQuantity:0.###}"),
                EditChange.Moved => FormattableString.Invariant(
                    $"{r.Change} {r.Side} {r.Price:0.###} {r.Quantity:0.###} from {r.WasPrice:0.###} {r.WasQuantity:0.###}"
                ),
                _ => FormattableString.Invariant(
                    $"{r.Change} {r.Side} {(r.Price is { } price ? FormattableString.Invariant($"{price:0.###}") : "market")} {r.Quantity}"
                ),
            }
        );
}
