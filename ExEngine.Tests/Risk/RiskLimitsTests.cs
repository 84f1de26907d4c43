using ExEngine.Core.Risk;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Risk;

public sealed class RiskLimitsTests
{
    private static readonly DateTime Now = new(2026, 1, 2, 23, 30, 0, DateTimeKind.Utc);
    private static readonly RiskOrder Buy = new("BTC/USDT", "USDT", IsReducing: false, Value: 100m);
    private static readonly RiskOrder Sell = Buy with { IsReducing = true };

    [Theory]
    [InlineData(TradingState.Active, TradingState.Active, TradingState.Active)]
    [InlineData(TradingState.Active, TradingState.ReduceOnly, TradingState.ReduceOnly)]
    [InlineData(TradingState.Halted, TradingState.ReduceOnly, TradingState.Halted)]
    public void SeveralStates_TheStrictestCounts(TradingState user, TradingState webhook, TradingState both) =>
        RiskLimits
            .StateOf([Setting(s => s.State = user), Setting(s => (s.Scope, s.State) = (RiskScope.Webhook, webhook))], Now)
            .ShouldBe(both);

    [Fact]
    public void DailyLossThatStillCounts_IsReduceOnlyAtLeast()
    {
        RiskLimits.StateOf([Setting(s => s.ReduceOnlyUntil = Now.AddSeconds(1))], Now).ShouldBe(TradingState.ReduceOnly);
        RiskLimits.StateOf([Setting(s => s.ReduceOnlyUntil = Now)], Now).ShouldBe(TradingState.Active);
        RiskLimits
            .StateOf([Setting(s => (s.State, s.ReduceOnlyUntil) = (TradingState.Halted, Now.AddSeconds(1)))], Now)
            .ShouldBe(TradingState.Halted);
        RiskLimits.StateOf([], Now).ShouldBe(TradingState.Active);
    }

    [Fact]
    public void Halted_StopsWhatOpensAndNeverWhatCloses()
    {
        var halted = Setting(s => s.State = TradingState.Halted);

        Code(Buy, halted).ShouldBe(RiskCodes.TradingHalted);
        Code(Sell, halted).ShouldBeNull();
    }

    [Fact]
    public void HaltOfEverything_StopsClosesToo_ButOnlyWhileHalted()
    {
        Code(Sell, Setting(s => (s.State, s.HaltProtection) = (TradingState.Halted, true))).ShouldBe(RiskCodes.TradingHalted);
        Code(Sell, Setting(s => (s.State, s.HaltProtection) = (TradingState.ReduceOnly, true))).ShouldBeNull();
    }

    [Fact]
    public void SellThatMayNotOnlyReduce_IsNoAdditionToThePosition() =>
        Code(Buy with { IsBuying = false }, Setting(s => s.MaxPositionValue = 50m)).ShouldBeNull();

    [Fact]
    public void ReduceOnly_LetsExitsPass()
    {
        var reduceOnly = Setting(s => s.State = TradingState.ReduceOnly);

        Code(Buy, reduceOnly).ShouldBe(RiskCodes.ReduceOnly);
        Code(Sell, reduceOnly).ShouldBeNull();
    }

    [Theory]
    [InlineData(100, "100.01", RiskCodes.MaxOrderValue)]
    [InlineData(100, "100", null)]
    public void OrderValue_MayReachItsLimit(int limit, string value, string? code) =>
        Code(Buy with { Value = Number(value) }, Setting(s => s.MaxOrderValue = limit)).ShouldBe(code);

    [Theory]
    [InlineData("400", "100.00000001", RiskCodes.MaxPositionValue)]
    [InlineData("400", "100", null)]
    [InlineData("500", "0.01", RiskCodes.MaxPositionValue)]
    public void PositionValue_CountsWhatIsHeldAndWhatIsAsked(string held, string value, string? code) =>
        Code(Buy with { Value = Number(value) }, Setting(s => s.MaxPositionValue = 500m), new RiskContext { PositionValue = Number(held) })
            .ShouldBe(code);

    [Theory]
    [InlineData(3, RiskCodes.MaxOpenOrders)]
    [InlineData(2, null)]
    public void OpenOrders_AreNotMoreThanTheLimit(int open, string? code) =>
        Code(Buy, Setting(s => s.MaxOpenOrders = 3), new RiskContext { OpenOrders = open }).ShouldBe(code);

    [Theory]
    [InlineData(11, RiskCodes.MaxSignalsPerMinute)]
    [InlineData(10, null)]
    public void Signals_TheOneThatAsksCounts(int signals, string? code) =>
        Code(Buy, Setting(s => s.MaxSignalsPerMinute = 10), new RiskContext { SignalsLastMinute = signals }).ShouldBe(code);

    [Theory]
    [InlineData("-50", RiskCodes.MaxDailyLoss)]
    [InlineData("-49.99999999", null)]
    [InlineData("80", null)]
    public void DailyLoss_IsReachedAtItsLimit(string realized, string? code) =>
        Code(Buy, Setting(s => s.MaxDailyLoss = 50m), new RiskContext { RealizedToday = Number(realized) }).ShouldBe(code);

    [Fact]
    public void DailyLoss_EndsWithTheDay()
    {
        var setting = Setting(s => s.MaxDailyLoss = 50m);

        var end = new DateTime(2026, 1, 3, 0, 0, 0, DateTimeKind.Utc);

        RiskLimits.ReduceOnlyUntil(setting, -50m, end).ShouldBe(end);
        RiskLimits.ReduceOnlyUntil(setting, -49.9m, end).ShouldBeNull();
        RiskLimits.ReduceOnlyUntil(Setting(_ => { }), -50m, end).ShouldBeNull();
    }

    [Theory]
    [InlineData("400", "100.00000001", RiskCodes.MaxExposure)]
    [InlineData("400", "100", null)]
    [InlineData("500", "0.01", RiskCodes.MaxExposure)]
    public void Exposure_CountsEverythingHeldAndWhatIsAsked(string held, string value, string? code) =>
        Code(Buy with { Value = Number(value) }, Setting(s => s.MaxExposure = 500m), new RiskContext { Exposure = Number(held) })
            .ShouldBe(code);

    [Theory]
    [InlineData("-50", RiskCodes.MaxUnrealizedLoss)]
    [InlineData("-49.99999999", null)]
    [InlineData("80", null)]
    public void UnrealizedLoss_IsReachedAtItsLimit(string unrealized, string? code) =>
        Code(Buy, Setting(s => s.MaxUnrealizedLoss = 50m), new RiskContext { Unrealized = Number(unrealized) }).ShouldBe(code);

    [Theory]
    [InlineData("100", "50", RiskCodes.MaxDrawdown)]
    [InlineData("100", "50.00000001", null)]
    [InlineData("-20", "-70", RiskCodes.MaxDrawdown)]
    [InlineData("100", "140", null)]
    [InlineData(null, "-1000", null)] // it begins with what is seen first
    public void Drawdown_IsMeasuredFromTheHighestProfit(string? peak, string profit, string? code) =>
        Code(
                Buy,
                Setting(s => (s.MaxDrawdown, s.ProfitPeak) = (50m, peak is null ? null : Number(peak))),
                new RiskContext { TotalProfit = Number(profit) }
            )
            .ShouldBe(code);

    [Fact]
    public void DrawdownThatWasReached_IsReduceOnlyUntilItIsReset_AndSaysSo()
    {
        var reached = Setting(s => (s.MaxDrawdown, s.DrawdownReachedAt) = (50m, Now.AddDays(-9)));

        RiskLimits.StateOf([reached], Now).ShouldBe(TradingState.ReduceOnly);
        Code(Buy, reached).ShouldBe(RiskCodes.ReduceOnly);
        Code(Sell, reached).ShouldBeNull();
        RiskLimits
            .Check(Buy, [reached], _ => new RiskContext(), Now)!
            .Message.ShouldBe(
                "Your risk setting reached its drawdown at 2025-12-24 23:30 UTC; until somebody resets it only orders that make a position smaller are sent."
            );
    }

    [Fact]
    public void Refusal_SaysHowItWasConverted()
    {
        var order = Buy with
        {
            Symbol = "ETH/BTC",
            Value = 1007.4321m,
            Rate = new Rate("binance", "BTC", "USDT", 100_743.21m, TimeSpan.FromSeconds(3.2), IsAssumed: false),
        };

        RiskLimits
            .Check(order, [Setting(s => s.MaxOrderValue = 1000m)], _ => new RiskContext(), Now)!
            .Message.ShouldBe(
                "The order is worth 1,007.4321 USDT (1 BTC = 100,743 USDT, 3 s old), and your risk setting allows 1,000; ask for less or raise the limit."
            );
    }

    [Fact]
    public void Exit_PassesEveryLimit() =>
        Code(
                Sell with
                {
                    Value = 1_000_000m,
                },
                Setting(s =>
                {
                    (s.MaxOrderValue, s.MaxPositionValue, s.MaxOpenOrders, s.MaxDailyLoss, s.MaxSignalsPerMinute) = (1m, 1m, 1, 1m, 1);
                    (s.MaxExposure, s.MaxUnrealizedLoss, s.MaxDrawdown, s.ProfitPeak) = (1m, 1m, 1m, 9m);
                }),
                new RiskContext
                {
                    OpenOrders = 9,
                    PositionValue = 9m,
                    Exposure = 9m,
                    RealizedToday = -9m,
                    Unrealized = -9m,
                    TotalProfit = -9m,
                    SignalsLastMinute = 9,
                }
            )
            .ShouldBeNull();

    [Fact]
    public void Refusal_CarriesItsNumbersAndSaysWhoseLimit()
    {
        var refusal = RiskLimits.Check(
            Buy,
            [Setting(s => (s.Scope, s.MaxOrderValue) = (RiskScope.Account, 60m))],
            _ => new RiskContext(),
            Now
        )!;

        (refusal.Asked, refusal.Limit, refusal.Field).ShouldBe(("100", "60", "cost"));
        refusal.Message.ShouldBe("The order is worth 100 USDT, and the account's risk setting allows 60; ask for less or raise the limit.");
    }

    [Fact]
    public void Needs_AskForNothingThatNoLimitUses()
    {
        RiskLimits.Needs(Buy, []).ShouldBe(RiskNeed.None);
        RiskLimits.Needs(Buy, [Setting(s => s.State = TradingState.ReduceOnly)]).ShouldBe(RiskNeed.None);
        RiskLimits
            .Needs(Buy, [Setting(s => s.MaxPositionValue = 1m), Setting(s => s.MaxOpenOrders = 1)])
            .ShouldBe(RiskNeed.Price | RiskNeed.PositionValue | RiskNeed.OpenOrders);
        RiskLimits.Needs(Sell, [Setting(s => s.MaxPositionValue = 1m)]).ShouldBe(RiskNeed.None);
        RiskLimits.Needs(Buy, [Setting(s => s.MaxExposure = 1m)]).ShouldBe(RiskNeed.Price | RiskNeed.Exposure);
        RiskLimits.Needs(Buy, [Setting(s => s.MaxUnrealizedLoss = 1m)]).ShouldBe(RiskNeed.Unrealized);
        RiskLimits.Needs(Buy, [Setting(s => s.MaxDrawdown = 1m)]).ShouldBe(RiskNeed.TotalProfit);
        RiskLimits.Needs(Sell, [Setting(s => (s.MaxExposure, s.MaxDrawdown) = (1m, 1m))]).ShouldBe(RiskNeed.None);
    }

    private static string? Code(RiskOrder order, RiskSetting setting, RiskContext? facts = null) =>
        RiskLimits.Check(order, [setting], _ => facts ?? new RiskContext(), Now)?.Code;

    private static RiskSetting Setting(Action<RiskSetting> change)
    {
        var setting = new RiskSetting();
        change(setting);
        return setting;
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
