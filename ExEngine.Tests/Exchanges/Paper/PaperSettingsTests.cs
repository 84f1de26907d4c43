using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Core.Markets;
using ExEngine.Tests.Support;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Paper;

/// <summary>What the operator may set about paper accounts.</summary>
[NeedsServer]
public sealed class PaperSettingsTests
{
    [Fact]
    public async Task HalfSpread_MakesBuyingDearerAndSellingCheaperOnTheTick()
    {
        await using var at = await PaperBench.OpenAsync(TwoDatabases.Sqlite);
        at.Options.HalfSpread = 0.00123m;

        (await at.PlaceAsync(Drafts.Buy(1m))).ExecutedCost.ShouldBe(100.13m);
        (await at.PlaceAsync(Drafts.Sell(1m))).ExecutedCost.ShouldBe(99.87m);
    }

    [Fact]
    public async Task OwnFees_ReplaceThoseOfTheMarket()
    {
        await using var at = await PaperBench.OpenAsync(TwoDatabases.Sqlite);
        (at.Options.TakerFee, at.Options.MakerFee) = (0.002m, 0m);

        var taken = await at.PlaceAsync(Drafts.Buy(1m));
        var made = await at.PlaceAsync(Drafts.Sell(1m, 101m));
        await at.SetPriceAsync(101m);

        (await at.TradesAsync(taken)).Single().Fee.ShouldBe(0.002m);
        (await at.TradesAsync(made)).Single().ShouldSatisfyAllConditions(t => t.Fee.ShouldBe(0), t => t.FeeAsset.ShouldBeNull());
    }

    [Fact]
    public async Task FeesInBase_AreTakenFromTheBaseOnBothSides_AndSellingNeedsThemBesides()
    {
        await using var at = await PaperBench.OpenAsync(TwoDatabases.Sqlite);
        at.Options.FeeAsset = PaperFeeAsset.Base;

        (await at.TryAsync(Drafts.Sell(100m))).ShouldBeRefused(FaultKind.Funds);
        await at.PlaceAsync(Drafts.Sell(99m));

        (await at.BalanceAsync("T")).ShouldBe(new AssetBalance("T", 0.901m, 0));
        (await at.BalanceAsync("USDT")).Free.ShouldBe(19_900m);
    }

    [Fact]
    public async Task LatencyBeyondTheDeadline_LeavesNothingBehind()
    {
        await using var database = await TestDatabase.SqliteAsync();
        database.Get<IOptions<PaperOptions>>().Value.Latency = TimeSpan.FromMilliseconds(150);
        var exchange = database.Get<ExchangeFactory>().Of(await PaperAccounts.AddAsync(database));
        var ticket = PaperAccounts.Ticket(
            PaperMarkets.All[0],
            new OrderDraft
            {
                Side = OrderSide.Buy,
                Type = OrderType.Market,
                Cost = 100m,
            }
        );
        var now = database.Get<TimeProvider>().GetUtcNow().UtcDateTime;

        var late = await exchange.PlaceAsync(ticket, new string('1', 32), now.AddMilliseconds(50), CancellationToken.None);
        var inTime = await exchange.PlaceAsync(ticket, new string('2', 32), now.AddMinutes(1), CancellationToken.None);

        late.Outcome.ShouldBe(ExchangeOutcome.NotExecuted);
        inTime.Value!.ExecutedCost.ShouldBeInRange(99m, 100m);
        SuiteBench.Done(await exchange.RecentOrdersAsync("BTC/USDT", DateTime.UnixEpoch, CancellationToken.None)).ShouldHaveSingleItem();
    }
}
