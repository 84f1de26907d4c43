using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Recurring;
using ExEngine.Core.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Bots.Recurring;

public sealed class RecurringTests
{
    private static readonly RecurringSettings Daily = new() { Amount = 50, At = new(9, 0) };

    private readonly List<string> _notes = [];
    private RecurringState _state = new();
    private BotInterest _interest;
    private BotContext _context = new()
    {
        Market = BotMarkets.Of(0.01m, 0.001m),
        Fees = FeeRates.Flat(0, FeeCoin.Quote),
        Now = BotMarkets.Start,
        Price = 100,
    };

    [Theory]
    [InlineData(RecurringEvery.Hour, "2026-11-01T00:20:00Z", "2026-11-01T01:10:00Z")]
    [InlineData(RecurringEvery.Day, "2026-11-01T08:10:00Z", "2026-11-02T08:10:00Z")]
    [InlineData(RecurringEvery.Week, "2026-11-01T00:00:00Z", "2026-11-02T08:10:00Z")]
    [InlineData(RecurringEvery.Month, "2026-11-01T00:00:00Z", "2026-11-30T08:10:00Z")]
    public void NextTime_IsInTheZone_AndLaterThanNow(RecurringEvery every, string after, string expected)
    {
        var settings = new RecurringSettings
        {
            Every = every,
            At = new(9, 10),
            Day = 31,
            Zone = "Europe/Vienna",
        };
        RecurringTime.Next(settings.Schedule, Utc(after)).ShouldBe(Utc(expected));
    }

    [Theory]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    public void TimeThatAClockChangeLeavesOutOrRepeats_IsDueOnce(string after, string expected)
    {
        var settings = new RecurringSettings { At = new(2, 30), Zone = "Europe/Vienna" };
        RecurringTime.Next(settings.Schedule, Utc(after)).ShouldBe(Utc(expected));
    }

    [Fact]
    public void EachDueTime_IsUsedOnce_AlsoWhenTheClockGoesBack()
    {
        At(0, Daily).ShouldBeEmpty();
        _interest.At.ShouldBe(BotMarkets.Start.AddHours(9));
        At(9, Daily).Single().Order.Draft.Quantity.ShouldBe(0.5m);
        Fill();
        At(8.9, Daily).ShouldBeEmpty();
        At(9, Daily).ShouldBeEmpty();
        At(33, Daily).Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(CatchUp.One, 1)]
    [InlineData(CatchUp.None, 0)]
    public void TimesMissedWhileDown_AreOneBuyOrNone(CatchUp rule, int buys)
    {
        At(0, Daily);
        At(81, Daily with { CatchUp = rule }).Count().ShouldBe(buys == 1 ? 1 : 0);
        _state.NextAt.ShouldBe(BotMarkets.Start.AddHours(105));
    }

    [Fact]
    public void MonthlyLimit_LeavesTimesOut_AndANewMonthBeginsAnew()
    {
        var settings = Daily with { MonthlyLimit = 100 };
        for (var day = 0; day < 4; day++)
        {
            At((day * 24) + 9, settings);
            Fill();
        }

        (_state.Buys, _state.MonthSpent).ShouldBe((2, 100));
        _notes.ShouldContain(n => n.Contains("the month's limit of 100 would be passed"));
        At((30 * 24) + 9, settings).Count().ShouldBe(1);
    }

    [Fact]
    public void PriceWindowAndAverage_LeaveATimeOut()
    {
        At(0, Daily);
        At(9, Daily);
        Fill();
        _context = _context with { Price = 106 };
        At(33, Daily with { SkipAbove = 5 }).ShouldBeEmpty();
        At(57, Daily with { MaxPrice = 105 }).ShouldBeEmpty();
        At(81, Daily).Count().ShouldBe(1);
        _notes.Count.ShouldBe(2);
    }

    [Fact]
    public void MissingFunds_AreWaitedFor_AndToldOnce()
    {
        At(0, Daily);
        _context = _context with { FreeQuote = 20 };
        At(9, Daily).ShouldBeEmpty();
        At(9.01, Daily).ShouldBeEmpty();
        At(9.05, Daily).ShouldBeEmpty();
        _notes.Count.ShouldBe(1);
        _context = _context with { FreeQuote = 60 };
        At(9.1, Daily).Count().ShouldBe(1);
    }

    [Fact]
    public void Settings_ThatCannotWork_AreRefused()
    {
        new RecurringSettingsValidator().Validate(Daily).Errors.ShouldBeEmpty();
        new RecurringSettingsValidator().Validate(Daily with { Zone = "Mars", MonthlyLimit = 10 }).Errors.Count.ShouldBe(2);
    }

    private IEnumerable<BotAction.Place> At(double hours, RecurringSettings settings)
    {
        _context = _context with { Now = BotMarkets.Start.AddHours(hours) };
        return Tell(settings);
    }

    private IEnumerable<BotAction.Place> Tell(RecurringSettings settings, params BotEvent[] events)
    {
        var plan = RecurringPlanner.Plan(settings, _context, _state, events);
        _state = BotText.RecurringState(BotText.Of(plan.State));
        _interest = plan.Interest;
        _notes.AddRange(plan.Actions.OfType<BotAction.Note>().Select(n => n.Text));
        return plan.Actions.OfType<BotAction.Place>();
    }

    private void Fill()
    {
        foreach (var order in _state.Orders)
        {
            var cost = order.Quantity * 100;
            var fill = new BotFill(order.Slot, order.Key, OrderSide.Buy, 100, order.Quantity, cost, 0, null, _context.Now);
            Tell(Daily with { CatchUp = CatchUp.One }, new BotEvent.Filled(fill));
        }
    }

    private static DateTime Utc(string text) => DateTime.Parse(text, null, System.Globalization.DateTimeStyles.AdjustToUniversal);
}
