using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Bots.Dca;

/// <summary>The worked figures, to the digit.</summary>
public sealed class DcaVectorTests
{
    private static readonly Market Fine = BotMarkets.Of(0, 0, 0);
    private static readonly DcaTakeProfit TwoPercent = new() { Percent = 2 };

    [Fact]
    public void Table_OfDeviationsPricesQuantitiesAveragesAndTargets()
    {
        var book = Buy(BotBook.Empty, 100, 1);
        var total = 100m;
        var rows = new List<string> { Row(0, 0, 100, 100, 1, total, book) };
        foreach (var level in DcaLadder.Of(DcaExamples.Table, Fine, 100))
        {
            book = Buy(book, level.Price, level.Quantity);
            total += level.Amount;
            rows.Add(Row(level.Number, level.Deviation, level.Price, level.Amount, level.Quantity, total, book));
        }

        rows.ShouldBe([
            "0 0.0000 100.0000 100.000 1.000000 100.000 100.0000 102.0000",
            "1 1.5000 98.5000 50.000 0.507614 150.000 99.4949 101.4848",
            "2 3.6000 96.4000 75.000 0.778008 225.000 98.4415 100.4103",
            "3 6.5400 93.4600 112.500 1.203724 337.500 96.7230 98.6575",
            "4 10.6560 89.3440 168.750 1.888767 506.250 94.1315 96.0142",
            "5 16.4184 83.5816 253.125 3.028478 759.375 90.3309 92.1375",
        ]);
        DcaLadder.Funds(DcaExamples.Table, 100).ShouldBe(759.375m);
        decimal.Round(Target(book, TwoPercent with { From = PriceBase.BaseOrder }, FeeRates.Flat(0, FeeCoin.Quote)), 4).ShouldBe(90.5688m);
    }

    [Theory]
    [InlineData(FeeCoin.Quote, "92.3220")]
    [InlineData(FeeCoin.Base, "92.32208")]
    [InlineData(FeeCoin.Third, "92.3220")]
    public void NetTarget_IsAfterTheFeesOfBothWays(FeeCoin coin, string expected)
    {
        var fees = FeeRates.Flat(0.001m, coin);
        var book = Buy(BotBook.Empty, 100, 1, fees);
        foreach (var level in DcaLadder.Of(DcaExamples.Table, Fine, 100))
        {
            book = Buy(book, level.Price, level.Quantity, fees);
        }

        var target = Target(book, TwoPercent with { NetOfFees = true }, fees);
        decimal.Round(target, coin == FeeCoin.Base ? 5 : 4).ToString().ShouldBe(expected);
    }

    [Fact]
    public void Rounded_OnTick001AndStep0001()
    {
        var market = BotMarkets.Of(0.01m, 0.001m);
        var ladder = DcaLadder.Of(DcaExamples.Table, market, 100);
        ladder
            .Select(l => $"{l.Price:0.00}/{l.Quantity:0.000}")
            .ShouldBe(["98.50/0.507", "96.40/0.778", "93.46/1.203", "89.34/1.888", "83.58/3.028"]);
        (100 + ladder.Sum(l => l.Cost)).ShouldBe(759.12524m);

        var book = Buy(BotBook.Empty, 100, 1);
        var targets = new List<decimal>();
        foreach (var level in ladder)
        {
            book = Buy(book, level.Price, level.Quantity);
            targets.Add(DcaMath.OnTick(BotDirection.Long, Target(book, TwoPercent, FeeRates.Flat(0, FeeCoin.Quote)), market));
        }

        decimal.Round(book.Average!.Value, 8).ShouldBe(90.32903855m);
        targets.ShouldBe([101.49m, 100.42m, 98.66m, 96.02m, 92.14m]);
    }

    [Fact]
    public void AverageAfterAPartialTakeProfit_IsTheMovingOne()
    {
        var ladder = DcaLadder.Of(DcaExamples.Table, Fine, 100);
        var book = Buy(Buy(Buy(BotBook.Empty, 100, 1), ladder[0].Price, ladder[0].Quantity), ladder[1].Price, ladder[1].Quantity);
        book = BookMath.Apply(book, BotDirection.Long, Fill(OrderSide.Sell, 100.4103m, 1), Fine);
        book = Buy(book, ladder[2].Price, ladder[2].Quantity);

        decimal.Round(Target(book, TwoPercent, FeeRates.Flat(0, FeeCoin.Quote)), 4).ShouldBe(97.9533m);
    }

    [Fact]
    public void PercentOfTheAverage_YieldsThatOfAllMoneyPutIn()
    {
        var book = Buy(BotBook.Empty, 100, 1);
        foreach (var level in DcaLadder.Of(DcaExamples.Table, Fine, 100).Take(3))
        {
            book = Buy(book, level.Price, level.Quantity);
        }

        var target = Target(book, TwoPercent, FeeRates.Flat(0, FeeCoin.Quote));
        var sold = BookMath.Apply(book, BotDirection.Long, Fill(OrderSide.Sell, target, book.Held), Fine);
        decimal.Round(sold.Realized, 10).ShouldBe(6.75m);
    }

    [Theory]
    [InlineData("1", "0.8", "-0.008")]
    [InlineData("0.8", "1", "-0.407")]
    public void Trailing_ThatEarnsNothing_IsSeen(string percent, string trailing, string net)
    {
        var how = new DcaTakeProfit { Percent = decimal.Parse(percent), Trailing = decimal.Parse(trailing) };
        var keeps = DcaMath.TrailingKeeps(how, how.Percent, FeeRates.Flat(0.001m, FeeCoin.Quote), BotDirection.Long);

        decimal.Round((keeps - 1) * 100, 3).ToString().ShouldBe(net);
    }

    [Fact]
    public void Short_MirrorsThePricesAndTheTarget()
    {
        var settings = DcaExamples.Table with { Direction = BotDirection.Short };
        var fees = FeeRates.Flat(0.001m, FeeCoin.Quote);
        var ladder = DcaLadder.Of(settings, Fine, 100);
        ladder.Select(l => l.Price).ShouldBe([101.5m, 103.6m, 106.54m, 110.656m, 116.4184m]);

        var (bare, withFees) = (Sell(BotBook.Empty, 100, 1, 0), Sell(BotBook.Empty, 100, 1, 0.001m));
        foreach (var level in ladder)
        {
            (bare, withFees) = (Sell(bare, level.Price, level.Quantity, 0), Sell(withFees, level.Price, level.Quantity, 0.001m));
        }

        decimal.Round(bare.Average!.Value, 4).ShouldBe(108.9216m);
        decimal.Round(ShortTarget(bare, TwoPercent, FeeRates.Flat(0, FeeCoin.Quote)), 4).ShouldBe(106.7432m);
        decimal.Round(ShortTarget(withFees, TwoPercent with { NetOfFees = true }, fees), 4).ShouldBe(106.5299m);
        DcaMath.OnTick(BotDirection.Short, 106.7432m, BotMarkets.Of(0.01m, 0.001m)).ShouldBe(106.74m);
    }

    [Fact]
    public void Stop_OfAFullDeal_LosesAsWorkedAtTheStopAndInAGap()
    {
        var book = Buy(BotBook.Empty, 100, 1);
        foreach (var level in DcaLadder.Of(DcaExamples.Table, Fine, 100))
        {
            book = Buy(book, level.Price, level.Quantity);
        }

        var stop = BotDirection.Long.Worse(book.Average!.Value, 10);
        decimal.Round(stop, 4).ShouldBe(81.2978m);
        decimal.Round(BookMath.Floating(book, BotDirection.Long, stop) - (book.Held * stop * 0.001m) - (book.BareCost * 0.001m), 2)
            .ShouldBe(-77.38m);
        decimal.Round(BookMath.Floating(book, BotDirection.Long, 78) - (book.Held * 78 * 0.001m) - (book.BareCost * 0.001m), 2)
            .ShouldBe(-105.08m);
    }

    private static decimal Target(BotBook book, DcaTakeProfit how, FeeRates fees) =>
        DcaMath.Target(BotDirection.Long, book, how.Percent, how, 100, fees);

    private static decimal ShortTarget(BotBook book, DcaTakeProfit how, FeeRates fees) =>
        DcaMath.Target(BotDirection.Short, book, how.Percent, how, 100, fees);

    private static string Row(int k, decimal deviation, decimal price, decimal amount, decimal quantity, decimal total, BotBook book) =>
        FormattableString.Invariant(
            $"{k} {deviation:0.0000} {price:0.0000} {amount:0.000} {quantity:0.000000} {total:0.000} {book.Average:0.0000} {Target(book, TwoPercent, FeeRates.Flat(0, FeeCoin.Quote)):0.0000}"
        );

    private static BotBook Buy(BotBook book, decimal price, decimal quantity, FeeRates? fees = null)
    {
        var (fee, asset) = fees?.Coin switch
        {
            FeeCoin.Quote => (price * quantity * fees.BuyTaker, "USDT"),
            FeeCoin.Base => (quantity * fees.BuyTaker, "BTC"),
            FeeCoin.Third => (price * quantity * fees.BuyTaker, "BNB"),
            _ => (0m, "USDT"),
        };
        var fill = Fill(OrderSide.Buy, price, quantity) with { Fee = fee, FeeAsset = asset };
        return BookMath.Apply(book, BotDirection.Long, fill, Fine);
    }

    private static BotBook Sell(BotBook book, decimal price, decimal quantity, decimal rate) =>
        BookMath.Apply(
            book,
            BotDirection.Short,
            Fill(OrderSide.Sell, price, quantity) with
            {
                Fee = price * quantity * rate,
                FeeAsset = "USDT",
            },
            Fine
        );

    private static BotFill Fill(OrderSide side, decimal price, decimal quantity) =>
        new("1", new("d1.base", 1), side, price, quantity, price * quantity, 0, null, BotMarkets.Start);
}
