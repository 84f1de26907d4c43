using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Bots.Grid;

/// <summary>The worked figures, to the digit.</summary>
public sealed class GridVectorTests
{
    private static readonly Market Step001 = BotMarkets.Of(0.01m, 0.01m);
    private static readonly FeeRates InQuote = FeeRates.Flat(0.001m, FeeCoin.Quote);
    private static readonly FeeRates InBase = FeeRates.Flat(0.001m, FeeCoin.Base);

    [Fact]
    public void Lines_AndTheGeometricRatio()
    {
        GridMath.Lines(GridDrive.Example, Step001).ShouldBe([90, 92, 94, 96, 98, 100, 102, 104, 106, 108, 110]);
        var geometric = GridDrive.Example with { Spacing = GridSpacing.Geometric };
        decimal.Round(GridMath.Ratio(geometric), 7).ShouldBe(1.0202698m);
        GridMath.RawLines(geometric)[^1].ShouldBe(110);
        (GridMath.RawLines(geometric)[^2] * GridMath.Ratio(geometric)).ShouldBe(110, 1e-20m);
    }

    [Theory]
    [InlineData(FeeCoin.Quote, "1.02", "990.3894", "5.1")]
    [InlineData(FeeCoin.Base, "1.02", "990.40", "5.11")]
    public void Quantity_NeverSpendsMoreThanTheInvestment(FeeCoin coin, string quantity, string total, string initial)
    {
        var size = GridSize.Of(GridDrive.Example, Step001, FeeRates.Flat(0.001m, coin), 100);

        size.Quantity.ShouldBe(decimal.Parse(quantity));
        size.Total.ShouldBe(decimal.Parse(total));
        size.Initial.ShouldBe(decimal.Parse(initial));
        (size.EmptyLine, size.HeldCells).ShouldBe((5, 5));
    }

    [Fact]
    public void Quantity_Of103_WouldHaveSpentMore()
    {
        var stated = GridDrive.Example with { QuantityPerGrid = 1.03m };
        GridSize.Of(stated, Step001, InQuote, 100).Total.ShouldBe(1000.0991m);
        GridSize.Of(stated, Step001, InBase, 100).Initial.ShouldBe(5.16m);
        GridSize.Of(stated, Step001, InBase, 100).Total.ShouldBe(1000.10m);
    }

    [Fact]
    public void Reserve_OfFivePercent_IsThePublishedExample()
    {
        // 0.95 · 23610 / 255000: the whole need of the lines is 255000 for one coin.
        var settings = new GridSettings
        {
            Lower = 45_000,
            Upper = 65_000,
            Grids = 5,
            Investment = 23_610,
            Reserve = 5,
        };
        decimal.Round(0.95m * 23_610 / 255_000, 8).ShouldBe(0.08795882m);
        decimal.Round(0.08795882m * 0.999m, 8).ShouldBe(0.08787086m);
        GridSize
            .Of(settings, BotMarkets.Of(0.01m, 0.00000001m), FeeRates.Flat(0, FeeCoin.Quote), 54_000)
            .Total.ShouldBeLessThanOrEqualTo(0.95m * 23_610);
    }

    [Theory]
    [InlineData(100, 5)]
    [InlineData(101, 6)]
    [InlineData(100.99, 5)]
    [InlineData(99.01, 5)]
    [InlineData(80, 0)]
    [InlineData(150, 10)]
    public void EmptyLine_IsTheNearest_AndOnATieTheUpper(double price, int expected) =>
        GridMath.EmptyLine(GridMath.Lines(GridDrive.Example, Step001), (decimal)price).ShouldBe(expected);

    [Fact]
    public void EmptyLine_OfBinancesExample()
    {
        var lines = GridMath.Lines(
            new GridSettings
            {
                Lower = 25,
                Upper = 45,
                Grids = 5,
            },
            Step001
        );
        lines[GridMath.EmptyLine(lines, 30)].ShouldBe(29);
    }

    [Fact]
    public void PairPercent_IsNetOverCostWithFees()
    {
        decimal.Round(GridMath.PairPercent(90, 92, InQuote), 5).ShouldBe(2.01798m);
        decimal.Round(GridMath.PairPercent(108, 110, InQuote), 5).ShouldBe(1.64835m);
        var ratio = GridMath.Ratio(GridDrive.Example with { Spacing = GridSpacing.Geometric });
        decimal.Round(GridMath.PairPercent(1, ratio, InBase), 3).ShouldBe(1.823m);
    }

    [Theory]
    [InlineData(FeeCoin.Quote, "1.8643")]
    [InlineData(FeeCoin.Base, "1.8624")]
    public void PairNet_Of94To96(FeeCoin coin, string net) =>
        decimal.Round(GridMath.PairNet(1.03m, 94, 96, FeeRates.Flat(0.001m, coin)), 4)
            .ShouldBe(decimal.Parse(net) - (coin == FeeCoin.Base ? 0.0001m : 0));

    [Theory]
    [InlineData(FeeCoin.Quote, "2.0202")]
    [InlineData(FeeCoin.Base, "2.0304")]
    public void BreakEven_AtOnePercent(FeeCoin coin, string percent) =>
        decimal.Round(GridMath.BreakEven(FeeRates.Flat(0.01m, coin)), 4).ShouldBe(decimal.Parse(percent));

    [Fact]
    public void TopLine_OfNinetyLinesEarnsAlmostNothing_AndOf91Nothing()
    {
        var fine = BotMarkets.Of(0, 0.01m);
        var ninety = GridMath.Lines(GridDrive.Example with { Grids = 90 }, fine);
        decimal.Round(GridMath.PairPercent(ninety[^2], ninety[^1], InQuote), 4).ShouldBe(0.0022m);
        var more = GridMath.Lines(GridDrive.Example with { Grids = 91 }, fine);
        GridMath.PairPercent(more[^2], more[^1], InQuote).ShouldBeLessThanOrEqualTo(0.000001m);
    }

    [Fact]
    public void Apr_IsWithoutCompounding_AndNotShownInTheFirstDay()
    {
        decimal.Round(ProfitSplit.Apr(18.643m, 1000, TimeSpan.FromDays(7.5))!.Value, 2).ShouldBe(90.73m);
        ProfitSplit.Apr(18.643m, 1000, TimeSpan.FromHours(23)).ShouldBeNull();
    }

    [Fact]
    public void FivePairs_CarryTheDust()
    {
        var bot = new GridDrive
        {
            Settings = GridDrive.Example with { Lower = 84, Upper = 104, QuantityPerGrid = 1.03m, UseOwnBase = 4.12m },
        };
        bot.Context = bot.Context with { Fees = FeeRates.Flat(0, FeeCoin.Quote) };
        bot.Price(96);
        bot.Context = bot.Context with { Fees = InBase };
        bot.Tell(bot.Filled(94m));
        var sold = new List<(decimal, decimal)>();
        for (var pair = 0; pair < 5; pair++)
        {
            var sell = bot.At(96);
            var before = bot.State.Book.Money;
            bot.Tell(bot.Filled(sell));
            sold.Add((sell.Quantity, bot.State.Book.Money - before - (1.03m * 94)));
            if (pair < 4)
            {
                bot.Tell(bot.Filled(94m));
            }
        }

        bot.State.Carry.ShouldBe(0.00485m);
        sold.ShouldBe([(1.02m, 1.00208m), (1.03m, 1.96112m), (1.03m, 1.96112m), (1.03m, 1.96112m), (1.03m, 1.96112m)]);
    }

    [Fact]
    public void TrailingUp_NeedsQTimesNTimesDelta()
    {
        var bot = new GridDrive { Settings = GridDrive.Example with { TrailingUp = true, QuantityPerGrid = 1.03m, Investment = 1100 } };
        bot.Context = bot.Context with { Fees = FeeRates.Flat(0, FeeCoin.Quote) };
        bot.Started().Go(110);
        var profit = bot.State.Cash - (1.03m * Enumerable.Range(0, 10).Sum(i => 90 + (2 * i)));
        profit.ShouldBeGreaterThan(20.60m);
        bot.Go(112.01m).ProveCancels();

        (bot.State.Lower, bot.State.Upper).ShouldBe((92, 112));
        (bot.State.Cash - (1.03m * Enumerable.Range(0, 10).Sum(i => 92 + (2 * i)))).ShouldBe(profit - 20.60m);
    }
}
