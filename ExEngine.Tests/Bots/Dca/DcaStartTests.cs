using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Indicators;
using ExEngine.Core.Bots.Recurring;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Bots.Dca;

/// <summary>What begins a deal besides a person: closes of candles, and set times.</summary>
public sealed class DcaStartTests
{
    private static readonly StartCondition Rsi = new() { Kind = IndicatorKind.Rsi, Level = 30 };

    private static readonly DcaSettings ByConditions = DcaExamples.Table with
    {
        Start = DcaStart.Conditions,
        Conditions =
        [
            [Rsi],
        ],
    };

    [Fact]
    public void Close_OpensOneDeal_EvenWhenThatIsOverBeforeTheNext()
    {
        var bot = new DcaDrive { Settings = ByConditions };
        var close = bot.Context.Now;
        bot.Price(100).State.Deals.ShouldBeEmpty("Nobody has looked.");
        Looks(bot, holds: false, close).State.Deals.ShouldBeEmpty();
        bot.Interest.At.ShouldBe(close.AddHours(1));

        Looks(bot, holds: true, close).Placed.ShouldHaveSingleItem();
        bot.Notes.Last().ShouldBe("Deal 1 is opened by RSI 14 on 1h below 30 (25)");
        bot.Fill("base", price: 100);
        bot.Tell(new BotEvent.CloseAsked(1)).ProveCancels();
        bot.Fill("exit").Tell();
        bot.State.Deals.ShouldBeEmpty();
        Looks(bot, holds: true, close).State.LastDeal.ShouldBe(1, "The same close.");
        bot.After(3600).State.LastDeal.ShouldBe(1, "Its time is over.");
        Looks(bot, holds: true, close.AddHours(1)).State.LastDeal.ShouldBe(2);
    }

    [Fact]
    public void WhatKeptAStart_IsOverWithItsClose()
    {
        var bot = new DcaDrive { Settings = ByConditions };
        bot.Context = bot.Context with { FreeQuote = 10, Price = 100 };
        Looks(bot, holds: true, bot.Context.Now).State.OpeningProblem.ShouldNotBeNull();
        Looks(bot, holds: false, bot.Context.Now).State.OpeningProblem.ShouldBeNull();
    }

    [Fact]
    public void Interval_OpensAtItsTimes_AndLeavesOutThoseThatPassed()
    {
        var bot = new DcaDrive
        {
            Settings = DcaExamples.Table with
            {
                Start = DcaStart.Interval,
                Schedule = new BuySchedule { Every = RecurringEvery.Hour },
            },
        };
        var first = RecurringTime.Next(bot.Settings.Schedule!, bot.Context.Now);
        bot.Price(100).State.NextStart.ShouldBe(first);
        bot.State.Deals.ShouldBeEmpty();
        bot.Interest.At.ShouldBe(first);

        bot.Context = bot.Context with { Now = first };
        bot.Tell().Placed.ShouldHaveSingleItem();
        bot.Fill("base", price: 100);
        bot.Context = bot.Context with { Now = first.AddHours(1) };
        bot.Tell().State.LastDeal.ShouldBe(1, "One is open, and one may be.");
        bot.Notes.ShouldContain(n => n.EndsWith("as many are open as may be", StringComparison.Ordinal));

        bot.Tell(new BotEvent.CloseAsked(1)).ProveCancels();
        bot.Fill("exit").Tell();
        bot.Context = bot.Context with { Now = first.AddHours(2.2) };
        bot.Tell().State.LastDeal.ShouldBe(1, "It came too late for that time.");
        bot.State.NextStart.ShouldBe(first.AddHours(3));
        bot.Context = bot.Context with { Now = first.AddHours(3) };
        bot.Tell().State.LastDeal.ShouldBe(2);
    }

    private static DcaDrive Looks(DcaDrive bot, bool holds, DateTime close)
    {
        var reading = new ConditionReading(25, 40, 5, holds, null);
        bot.Context = bot.Context with
        {
            Start = new(
                holds,
                holds ? close : null,
                close.AddHours(1),
                [
                    [new(Rsi, reading, null, close, null)],
                ]
            ),
        };
        return bot.Tell();
    }
}
