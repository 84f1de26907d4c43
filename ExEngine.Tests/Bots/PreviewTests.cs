using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Tests.Bots.Dca;
using ExEngine.Tests.Bots.Grid;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Bots;

public sealed class PreviewTests
{
    private static readonly BotContext At100 = new()
    {
        Market = BotMarkets.Of(0.01m, 0.001m),
        Fees = FeeRates.Flat(0.001m, FeeCoin.Quote),
        Now = BotMarkets.Start,
        Price = 100,
        FreeQuote = 1_000,
    };

    [Fact]
    public void Dca_ShowsEveryLine_AndTheFundsNowAndAtWorst()
    {
        var preview = DcaPreview.Of(DcaExamples.Table, At100);

        preview.IsFine.ShouldBeTrue();
        preview.Lines.Select(l => l.Price).ShouldBe([100, 98.50m, 96.40m, 93.46m, 89.34m, 83.58m]);
        preview.Lines.Select(l => l.TakeProfit).ShouldBe([102, 101.49m, 100.42m, 98.66m, 96.02m, 92.14m]);
        preview.Lines.Select(l => l.IsVirtual).ShouldBe([false, false, false, true, true, true]);
        decimal.Round(preview.Lines[^1].NetTakeProfit!.Value, 2).ShouldBe(92.32m);
        decimal.Round(preview.Lines[^1].NeededRise!.Value, 2).ShouldBe(10.24m);
        preview.FundsWorst.ShouldBe(759.12524m * 1.001m);
        preview.FundsNow.ShouldBe((100 + (98.5m * 0.507m) + (96.4m * 0.778m)) * 1.001m);
    }

    [Fact]
    public void Dca_NamesTheLineThatTheMarketRefuses_AndTheFundsThatAreMissing()
    {
        var context = At100 with { Market = BotMarkets.Of(0.01m, 0.001m, 60), FreeQuote = 700 };
        var preview = DcaPreview.Of(DcaExamples.Table, context);

        preview.Lines[1].Problem!.ShouldContain("60");
        preview.Lines.Skip(2).ShouldAllBe(l => l.Problem == null);
        preview.Problems.Single().ShouldContain("and 700 are free");
    }

    [Fact]
    public void Dca_WarnsOfTrailingThatCanLose_AndOfAStopThatMoves()
    {
        var settings = DcaExamples.Table with
        {
            TakeProfit = new() { Percent = 1, Trailing = 0.8m },
            StopLoss = new() { Percent = 10 },
        };
        var preview = DcaPreview.Of(settings, At100);
        preview.Warnings[0].ShouldContain("can end at -0.008 % after fees");
        preview.Warnings[1].ShouldContain("each safety order moves it down");
    }

    [Fact]
    public void Dca_IfItFalls_AndAtTheStopAndWorse()
    {
        var fine = At100 with { Market = BotMarkets.Of(0, 0, 0), Fees = FeeRates.Flat(0.001m, FeeCoin.Quote) };
        var settings = DcaExamples.Table with { StopLoss = new() { Percent = 10 } };
        var fall = DcaPreview.Fall(settings, fine, 10);
        fall.Price.ShouldBe(90);
        decimal.Round(fall.Average!.Value, 4).ShouldBe(96.7230m);

        var stop = DcaPreview.Stop(settings, fine);
        decimal.Round(stop[0].Result, 2).ShouldBe(-77.38m);
        stop[1].Price.ShouldBe(stop[0].Price * 0.98m);
        stop[1].Result.ShouldBeLessThan(stop[0].Result);
    }

    [Fact]
    public void Grid_ShowsEveryLineWithItsPair()
    {
        var preview = GridPreview.Of(GridDrive.Example, At100 with { Market = BotMarkets.Of(0.01m, 0.01m) });

        preview.IsFine.ShouldBeTrue();
        preview.Lines.Count.ShouldBe(11);
        preview.FundsWorst.ShouldBe(990.3894m);
        decimal.Round(preview.Lines[1].NetPercent!.Value, 5).ShouldBe(2.01798m);
        decimal.Round(preview.Lines[^1].NetPercent!.Value, 5).ShouldBe(1.64835m);
    }

    [Fact]
    public void Grid_RefusesLinesThatEarnNothing_AndLinesThatCollapse()
    {
        var thin = GridPreview.Of(GridDrive.Example with { Grids = 91 }, At100 with { Market = BotMarkets.Of(0, 0.001m, 0) });
        thin.Problems.ShouldContain(p => p.Contains("earns nothing after fees"));
        var same = GridPreview.Of(
            GridDrive.Example with
            {
                Lower = 99.99m,
                Upper = 100.01m,
            },
            At100 with
            {
                Market = BotMarkets.Of(0.01m, 0.001m, 0),
            }
        );
        same.Problems.ShouldContain(p => p.Contains("Two lines are the same on the tick"));
        var dear = GridPreview.Of(GridDrive.Example with { QuantityPerGrid = 1.03m }, At100);
        dear.Problems.ShouldContain(p => p.Contains("take 1000.0991 USDT, and 1000 are invested"));
    }

    [Fact]
    public void Grid_SaysWhichLinesAreVirtual_AndWhatTheOrderLimitAllows()
    {
        var preview = GridPreview.Of(GridDrive.Example with { MaxActiveLines = 2 }, At100, orderLimit: 3);
        preview.Lines.Count(l => l.IsVirtual).ShouldBe(6);
        preview.FundsNow.ShouldBeLessThan(preview.FundsWorst);
        preview.Warnings.ShouldContain(w => w.Contains("the market takes 3 more"));
    }

    [Fact]
    public void Grid_IfItFalls()
    {
        var context = At100 with { Market = BotMarkets.Of(0.01m, 0.01m), Fees = FeeRates.Flat(0, FeeCoin.Quote) };
        var fall = GridPreview.Fall(GridDrive.Example with { QuantityPerGrid = 1 }, context, 10);
        (fall.Price, fall.Held, fall.Average, fall.Result).ShouldBe((90, 10, 97, -70));
    }

    [Theory]
    [InlineData("safety orders beyond the stop", "it could never be filled")]
    [InlineData("deeper than 100", "it is below 100")]
    [InlineData("no base order", "it is above 0: state an amount")]
    [InlineData("short", "on spot markets only long is offered")]
    [InlineData("shares", "with a sum of 100")]
    [InlineData("ladder goes back", "put them in order")]
    public void DcaSettings_ThatCannotWork_AreRefusedWithWhatToDo(string what, string expected)
    {
        var settings = what switch
        {
            "safety orders beyond the stop" => DcaExamples.Table with
            {
                StopLoss = new() { Percent = 16, From = PriceBase.BaseOrder },
            },
            "deeper than 100" => DcaExamples.Table with { Deviation = 25 },
            "no base order" => DcaExamples.Table with { BaseOrder = 0 },
            "short" => DcaExamples.Table with { Direction = BotDirection.Short },
            "shares" => DcaExamples.Table with { TakeProfit = new() { Steps = [new(1, 50), new(2, 40)] } },
            _ => DcaExamples.Table with { CustomLadder = [new(2, 10), new(1, 10)] },
        };
        new DcaSettingsValidator().Validate(settings).Errors.ShouldContain(e => e.ErrorMessage.Contains(expected));
    }

    [Fact]
    public void StopFromBase_IsRefusedWithBothNumbers() =>
        new DcaSettingsValidator()
            .Validate(
                DcaExamples.Table with
                {
                    StopLoss = new() { Percent = 16, From = PriceBase.BaseOrder },
                }
            )
            .Errors.Single()
            .ErrorMessage.ShouldStartWith("The stop-loss is 16 % from the base order, and the deepest safety order is at 16.4184 %");

    [Fact]
    public void GoodSettings_AreTaken()
    {
        new DcaSettingsValidator().Validate(DcaExamples.Table).Errors.ShouldBeEmpty();
        new GridSettingsValidator().Validate(GridDrive.Example).Errors.ShouldBeEmpty();
        new GridSettingsValidator().Validate(GridDrive.Example with { Upper = 90, Grids = 1 }).Errors.Count.ShouldBe(2);
    }

    [Fact]
    public void Settings_AndStates_ComeBackFromTheirText_AndALaterVersionIsRefused()
    {
        BotText.Of(BotText.DcaSettings(BotText.Of(DcaExamples.Table))).ShouldBe(BotText.Of(DcaExamples.Table));
        BotText.Of(BotText.GridSettings(BotText.Of(GridDrive.Example))).ShouldBe(BotText.Of(GridDrive.Example));
        BotText.Of(DcaExamples.Table).ShouldContain("\"deviation\":\"1.5\"");
        BotText.Of(BotText.DcaSettings("{}")).ShouldBe(BotText.Of(new DcaSettings()), "what is not stated has its default");
        Should.Throw<System.Text.Json.JsonException>(() => BotText.DcaState("{\"version\":2}")).Message.ShouldContain("version 2");
        Should.Throw<System.Text.Json.JsonException>(() => BotText.GridState("{\"version\":9}")).Message.ShouldContain("version 9");
    }
}
