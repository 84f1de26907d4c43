using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Ccxt;

/// <summary>The account's <see cref="IExchange"/> through a real gateway and real CCXT, against the fake exchange.</summary>
[NeedsServer]
public sealed class CcxtExchangeTests(ExchangeApp fixture) : IClassFixture<ExchangeApp>
{
    private DateTime AMinuteAgo => fixture.Clock.GetUtcNow().UtcDateTime.AddMinutes(-1);

    [Fact]
    public async Task MarketBuy_IsFilledWithItsTradesAndFees()
    {
        await fixture.Exchange.SetPriceAsync("BTCUSDT", 60_000m);
        var account = await LiveAccount.OpenAsync(fixture, null, ("USDT", 10_000m));
        var id = account.NewId();

        var placed = await account.BuyAsync("BTC/USDT", 0.01m, id: id);

        placed.Outcome.ShouldBe(ExchangeOutcome.Done, placed.Fault?.ToString());
        placed.Value!.Status.ShouldBe(ExchangeOrderStatus.Filled);
        placed.Value.ClientId.ShouldBe(id);
        placed.Value.ExecutedCost.ShouldBe(600m);
        var trade = placed.Value.Trades.ShouldHaveSingleItem();
        (trade.Price, trade.Quantity, trade.Fee, trade.FeeAsset).ShouldBe((60_000m, 0.01m, 0.00001m, "BTC"));
        var name = new OrderName("BTC/USDT", id, placed.Value.ExchangeOrderId);
        var asked = await account.Exchange.TradesOfAsync(name, AMinuteAgo, CancellationToken.None);
        asked.Value.ShouldHaveSingleItem().ShouldBe(trade with { IsMaker = false });
    }

    [Fact]
    public async Task LimitOrder_IsFoundByItsClientId_Listed_AndCancelled()
    {
        await fixture.Exchange.SetPriceAsync("ETHUSDT", 3_000m);
        var account = await LiveAccount.OpenAsync(fixture, null, ("USDT", 10_000m));
        var id = account.NewId();

        var placed = await account.BuyAsync("ETH/USDT", 0.5m, 2_900.05m, id);
        placed.Value!.Status.ShouldBe(ExchangeOrderStatus.Open, placed.Fault?.ToString());
        var found = await account.Exchange.FindAsync(new OrderName("ETH/USDT", id, null), CancellationToken.None);
        var open = await account.Exchange.OpenOrdersAsync(null, CancellationToken.None);
        var recent = await account.Exchange.RecentOrdersAsync("ETH/USDT", AMinuteAgo, CancellationToken.None);
        var canceled = await account.Exchange.CancelAsync(new OrderName("ETH/USDT", id, null), CancellationToken.None);
        var again = await account.Exchange.CancelAsync(new OrderName("ETH/USDT", id, placed.Value.ExchangeOrderId), CancellationToken.None);

        found.Value!.ExchangeOrderId.ShouldBe(placed.Value.ExchangeOrderId);
        open.Value.ShouldHaveSingleItem().ClientId.ShouldBe(id);
        recent.Value.ShouldHaveSingleItem().Quantity.ShouldBe(0.5m);
        (canceled.Value!.Status, canceled.Value.FilledQuantity, canceled.Value.ClientId).ShouldBe((ExchangeOrderStatus.Canceled, 0m, id));
        (again.Outcome, again.Fault!.Kind).ShouldBe((ExchangeOutcome.Refused, FaultKind.OrderUnknown));
    }

    [Fact]
    public async Task OrderThatIsNotThere_IsFoundAsNull()
    {
        var account = await LiveAccount.OpenAsync(fixture);

        var found = await account.Exchange.FindAsync(new OrderName("BTC/USDT", account.NewId(), null), CancellationToken.None);

        (found.Outcome, found.Value).ShouldBe((ExchangeOutcome.Done, null));
    }

    [Fact]
    public async Task NumbersWithEighteenDecimals_ReachTheExchangeDigitForDigit()
    {
        var account = await LiveAccount.OpenAsync(fixture, null, ("BTC", 1_000_000_000m));
        var (quantity, price) = (922_337_203.123456789012345678m, 0.000000012345678901m);
        await fixture.Exchange.SetPriceAsync("PEPEBTC", 0.00000002m);

        var placed = await account.BuyAsync("PEPE/BTC", quantity, price);

        placed.Outcome.ShouldBe(ExchangeOutcome.Done, placed.Fault?.ToString());
        var entry = (await account.LedgerAsync()).Orders.ShouldHaveSingleItem();
        (entry.Quantity, entry.Price).ShouldBe((quantity, price));
        placed.Value!.Quantity.ShouldBe(quantity);
    }

    [Fact]
    public async Task BalancesAndTicker_AreExact()
    {
        await fixture.Exchange.SetPriceAsync("ETHUSDT", 3_000.05m);
        var account = await LiveAccount.OpenAsync(fixture, null, ("USDT", 1_000m), ("PEPE", 0.000000000000000001m));
        await account.BuyAsync("ETH/USDT", 0.1m, 2_000m);

        var balances = await account.Exchange.BalancesAsync(CancellationToken.None);
        var ticker = await account.Exchange.TickerAsync("ETH/USDT", CancellationToken.None);

        balances
            .Value!.OrderBy(b => b.Asset)
            .ShouldBe([new AssetBalance("PEPE", 0.000000000000000001m, 0), new AssetBalance("USDT", 800m, 200m)]);
        ticker.Value!.Last.ShouldBe(3_000.05m);
    }

    [Fact]
    public async Task DeadlineOver_NothingIsSent()
    {
        var account = await LiveAccount.OpenAsync(fixture, null, ("USDT", 1_000m));

        var placed = await account.PlaceAsync(
            "BTC/USDT",
            LiveAccount.Draft(OrderSide.Buy, 0.001m),
            account.NewId(),
            TimeSpan.FromMilliseconds(-1)
        );

        (placed.Outcome, placed.Fault!.Code).ShouldBe((ExchangeOutcome.NotExecuted, "deadline"));
        (await account.LedgerAsync()).Placings.ShouldBeEmpty();
    }

    [Fact]
    public async Task BuyForACost_SpendsThatMuchAtMost()
    {
        await fixture.Exchange.SetPriceAsync("BTCUSDT", 60_000m);
        var account = await LiveAccount.OpenAsync(fixture, null, ("USDT", 1_000m));

        var placed = await account.PlaceAsync(
            "BTC/USDT",
            new()
            {
                Side = OrderSide.Buy,
                Type = OrderType.Market,
                Cost = 123.4567m,
            },
            account.NewId()
        );

        placed.Outcome.ShouldBe(ExchangeOutcome.Done, placed.Fault?.ToString());
        placed.Value!.ExecutedCost.ShouldBe(123m);
        placed.Value.FilledQuantity.ShouldBe(0.00205m);
    }

    [Fact]
    public async Task NumbersWithTheZerosThatADivisionLeft_GoOutInTheirShortestForm()
    {
        await fixture.Exchange.SetPriceAsync("BTCUSDT", 60_000m);
        var account = await LiveAccount.OpenAsync(fixture, null, ("BTC", 1m));
        var price = 55_000.10m * 1.0000000000000000000000m;
        price.Scale.ShouldBe((byte)24, "the exchange takes 20");

        var placed = await account.PlaceAsync(
            "BTC/USDT",
            new()
            {
                Side = OrderSide.Sell,
                Type = OrderType.StopLimit,
                StopPrice = price,
                Price = price,
                Quantity = 0.0100000000000000000000000000m,
            },
            account.NewId()
        );

        placed.Outcome.ShouldBe(ExchangeOutcome.Done, placed.Fault?.ToString());
    }

    [Fact]
    public async Task StreamBehindAnAddressOfOnesOwn_TellsOfItsOrders()
    {
        await fixture.Exchange.SetPriceAsync("BTCUSDT", 60_000m);
        var account = await LiveAccount.OpenAsync(fixture, null, ("USDT", 10_000m));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var changes = await OpenedAsync(account, patience.Token);
        changes.Current.ShouldBe("", "the exchange's consent: what happened before it is told by nobody");
        await Until.True(async () => await fixture.Exchange.StreamsAsync(account.Key.Account) == 1);

        await account.BuyAsync("BTC/USDT", 0.01m);

        while (changes.Current == "")
        {
            (await changes.MoveNextAsync()).ShouldBeTrue();
        }

        changes.Current.ShouldBe("BTC/USDT");
    }

    /// <summary>A stream that cannot be had in time ends at once, and is asked for again, as the engine does.</summary>
    private static async Task<IAsyncEnumerator<string>> OpenedAsync(LiveAccount account, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changes = account.Exchange.ChangesAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            if (await changes.MoveNextAsync())
            {
                return changes;
            }

            await changes.DisposeAsync();
        }
    }
}
