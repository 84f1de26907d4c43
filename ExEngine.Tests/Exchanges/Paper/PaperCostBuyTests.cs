using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Paper;

/// <summary>A paper account on an exchange that takes market buys by what they cost. T/USDT: tick and costs 0.01, step 0.0001.</summary>
[NeedsServer]
public sealed class PaperCostBuyTests
{
    private const string ByCost = "bitget";

    [Theory]
    [InlineData("100", "1.2345", "123.45")] // the price that it was planned with
    [InlineData("101.37", "1.2178", "123.448386")] // dearer by now: less of it, and never more than the cost
    [InlineData("98.5", "1.2532", "123.4402")] // cheaper: more than was asked
    public async Task MarketBuy_SpendsQuantityTimesThePlannedPrice(string price, string bought, string paid)
    {
        await using var at = await PaperBench.OpenAsync(TwoDatabases.Sqlite, ByCost);
        await at.SetPriceAsync(Number(price));

        var placed = SuiteBench.Done(await BuyAsync(at, 1.2345m, referencePrice: 100m));

        placed.Status.ShouldBe(ExchangeOrderStatus.Filled);
        (placed.FilledQuantity, placed.ExecutedCost, placed.Quantity).ShouldBe((Number(bought), Number(paid), Number(bought)));
        (await at.BalanceAsync("USDT")).Free.ShouldBe(10_000m - Number(paid));
        (await at.TradesAsync(placed)).ShouldHaveSingleItem().Quantity.ShouldBe(Number(bought));
    }

    [Fact]
    public async Task NoPlannedPrice_IsRefusedAndNothingIsBought()
    {
        await using var at = await PaperBench.OpenAsync(TwoDatabases.Sqlite, ByCost);

        var answer = await BuyAsync(at, 1m, referencePrice: null);

        answer.ShouldBeRefused(FaultKind.Rule);
        answer.Fault!.Code.ShouldBe(RefusalCodes.PriceUnknown);
        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 10_000m, 0));
    }

    [Fact]
    public async Task Minimum_IsMeasuredOnTheCost_NotOnWhatThePriceOfTheMomentMakesOfIt()
    {
        await using var at = await PaperBench.OpenAsync(TwoDatabases.Sqlite, ByCost);
        await at.SetPriceAsync(100.03m);

        var enough = SuiteBench.Done(await BuyAsync(at, 0.05m, referencePrice: 100m));
        var tooLittle = await BuyAsync(at, 0.05m, referencePrice: 99.99m);

        (enough.FilledQuantity, enough.ExecutedCost).ShouldBe((0.0499m, 4.991497m));
        tooLittle.Fault!.Code.ShouldBe(RefusalCodes.CostTooLow);
    }

    [Fact]
    public async Task LimitBuysAndMarketSales_StateTheirQuantity()
    {
        await using var at = await PaperBench.OpenAsync(TwoDatabases.Sqlite, ByCost);

        (await at.PlaceAsync(Drafts.Buy(1m, 100m))).FilledQuantity.ShouldBe(1m);
        (await at.PlaceAsync(Drafts.Sell(2m))).FilledQuantity.ShouldBe(2m);
    }

    [Fact]
    public async Task WhereBuysAreByQuantity_ThePlannedPriceChangesNothing()
    {
        await using var at = await PaperBench.OpenAsync(TwoDatabases.Sqlite);

        SuiteBench.Done(await BuyAsync(at, 1.2345m, referencePrice: 50m)).FilledQuantity.ShouldBe(1.2345m);
    }

    private static Task<ExchangeResult<ExchangeOrder>> BuyAsync(PaperBench at, decimal quantity, decimal? referencePrice)
    {
        var ticket = SuiteBench.TicketOf(Drafts.Buy(quantity), at.Market) with { ReferencePrice = referencePrice };
        return at.Exchange.PlaceAsync(ticket, at.NewId(), at.Now.AddSeconds(10), CancellationToken.None);
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
