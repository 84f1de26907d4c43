using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges;

/// <summary>What every <see cref="IExchange"/> does: names, refusals and questions.</summary>
public abstract class ExchangeAskingSuite
{
    protected abstract Task<SuiteBench> OpenAsync();

    [Fact]
    public async Task X21_ClientIdOfAnOpenOrder_IsRefusedAsDuplicate()
    {
        await using var at = await OpenAsync();
        var id = at.NewId();
        var first = await at.PlaceAsync(Drafts.Buy(1m, 90m), id);

        (await at.TryAsync(Drafts.Buy(1m, 90m), id)).ShouldBeRefused(FaultKind.DuplicateId);
        (await at.TryAsync(Drafts.Buy(1m), id)).ShouldBeRefused(FaultKind.DuplicateId);

        SuiteBench
            .Done(await at.Exchange.OpenOrdersAsync(at.Market.Symbol, CancellationToken.None))
            .ShouldHaveSingleItem()
            .ExchangeOrderId.ShouldBe(first.ExchangeOrderId);
        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 9910m, 90m));
    }

    [Fact]
    public async Task X22_ClientIdOfAClosedOrder_IsTakenAgainAndNamesTheLastOne()
    {
        await using var at = await OpenAsync();
        var id = at.NewId();

        var first = await at.PlaceAsync(Drafts.Buy(1m), id);
        var second = await at.PlaceAsync(Drafts.Buy(2m), id);

        second.ExchangeOrderId.ShouldNotBe(first.ExchangeOrderId);
        (await at.FindAsync(second)).ExchangeOrderId.ShouldBe(second.ExchangeOrderId);
        (await at.BalanceAsync("USDT")).Free.ShouldBe(9700m);
    }

    [Fact]
    public async Task X23_OrderThatDoesNotExist_IsNotFoundAndHasNoTrades()
    {
        await using var at = await OpenAsync();
        var name = new OrderName(at.Market.Symbol, at.NewId(), null);

        SuiteBench.Done(await at.Exchange.FindAsync(name, CancellationToken.None)).ShouldBeNull();
        (await at.Exchange.CancelAsync(name, CancellationToken.None)).ShouldBeRefused(FaultKind.OrderUnknown);
    }

    [Fact]
    public async Task X24_CancelOfAFilledOrder_SaysThatItIsNotOpen()
    {
        await using var at = await OpenAsync();
        var order = await at.PlaceAsync(Drafts.Buy(1m));

        (await at.Exchange.CancelAsync(SuiteBench.NameOf(order), CancellationToken.None)).ShouldBeRefused(FaultKind.OrderUnknown);

        (await at.FindAsync(order)).Status.ShouldBe(ExchangeOrderStatus.Filled);
    }

    [Fact]
    public async Task X25_CancelTwice_CancelsOnce()
    {
        await using var at = await OpenAsync();
        var order = await at.PlaceAsync(Drafts.Buy(1m, 90m));

        (await at.CancelAsync(order)).Status.ShouldBe(ExchangeOrderStatus.Canceled);
        (await at.Exchange.CancelAsync(SuiteBench.NameOf(order), CancellationToken.None)).ShouldBeRefused(FaultKind.OrderUnknown);

        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 10_000m, 0));
    }

    [Fact]
    public async Task X26_CancelByClientIdAlone_Cancels()
    {
        await using var at = await OpenAsync();
        var order = await at.PlaceAsync(Drafts.Sell(1m, 110m));

        var canceled = SuiteBench.Done(
            await at.Exchange.CancelAsync(new OrderName(order.Symbol, order.ClientId!, null), CancellationToken.None)
        );

        (canceled.ExchangeOrderId, canceled.Status).ShouldBe((order.ExchangeOrderId, ExchangeOrderStatus.Canceled));
        (await at.BalanceAsync(at.Market.Base)).ShouldBe(new AssetBalance(at.Market.Base, 100m, 0));
    }

    [Fact]
    public async Task X27_Order_IsFoundByEitherIdWithAllItsFacts()
    {
        await using var at = await OpenAsync();
        var id = at.NewId();
        var order = await at.PlaceAsync(Drafts.Sell(1.5m, 110m), id);

        var byClientId = SuiteBench
            .Done(await at.Exchange.FindAsync(new OrderName(order.Symbol, id, null), CancellationToken.None))
            .ShouldNotBeNull();
        var byBoth = SuiteBench.Done(await at.Exchange.FindAsync(SuiteBench.NameOf(order), CancellationToken.None)).ShouldNotBeNull();
        var byExchangeId = SuiteBench
            .Done(await at.Exchange.FindAsync(new OrderName(order.Symbol, "", order.ExchangeOrderId), CancellationToken.None))
            .ShouldNotBeNull();

        byBoth.ExchangeOrderId.ShouldBe(byClientId.ExchangeOrderId);
        byExchangeId.ClientId.ShouldBe(id);
        (byClientId.ClientId, byClientId.Symbol, byClientId.Side, byClientId.Quantity).ShouldBe(
            (id, at.Market.Symbol, OrderSide.Sell, 1.5m)
        );
        byClientId.CreatedAt.ShouldNotBeNull().ShouldBeInRange(at.Now.AddMinutes(-1), at.Now.AddMinutes(1));
    }

    [Fact]
    public async Task X28_OpenOrders_AreThoseOfTheSymbolOrOfTheAccount()
    {
        await using var at = await OpenAsync();
        await at.PlaceAsync(Drafts.Buy(1m));
        var mine = await at.PlaceAsync(Drafts.Buy(1m, 90m));
        var stop = await at.PlaceAsync(Drafts.Stop(OrderSide.Sell, 1m, 80m));
        var other = await at.PlaceAsync(Drafts.Buy(1m, 90m), market: at.Other);

        var ofSymbol = SuiteBench.Done(await at.Exchange.OpenOrdersAsync(at.Market.Symbol, CancellationToken.None));
        var ofAccount = SuiteBench.Done(await at.Exchange.OpenOrdersAsync(null, CancellationToken.None));

        ofSymbol.Select(o => o.ClientId).ShouldBe([mine.ClientId, stop.ClientId], ignoreOrder: true);
        ofAccount.Select(o => o.ClientId).ShouldBe([mine.ClientId, stop.ClientId, other.ClientId], ignoreOrder: true);
        ofAccount.ShouldAllBe(o => o.Status == ExchangeOrderStatus.Open);
    }

    [Fact]
    public async Task X29_RecentOrders_HaveOpenAndClosedOnesOfTheSymbol()
    {
        await using var at = await OpenAsync();
        var filled = await at.PlaceAsync(Drafts.Buy(1m));
        var open = await at.PlaceAsync(Drafts.Buy(1m, 90m));
        var canceled = await at.CancelAsync(await at.PlaceAsync(Drafts.Buy(1m, 90m)));
        await at.PlaceAsync(Drafts.Buy(1m, 90m), market: at.Other);

        var recent = SuiteBench.Done(await at.Exchange.RecentOrdersAsync(at.Market.Symbol, at.Before, CancellationToken.None));
        var later = SuiteBench.Done(await at.Exchange.RecentOrdersAsync(at.Market.Symbol, at.Now.AddMinutes(5), CancellationToken.None));

        recent
            .Select(o => (o.ExchangeOrderId, o.Status))
            .ShouldBe(
                [
                    (filled.ExchangeOrderId, ExchangeOrderStatus.Filled),
                    (open.ExchangeOrderId, ExchangeOrderStatus.Open),
                    (canceled.ExchangeOrderId, ExchangeOrderStatus.Canceled),
                ],
                ignoreOrder: true
            );
        later.ShouldBeEmpty();
    }

    [Fact]
    public async Task X30_TradesOfASymbol_AreOldestFirstAndNameTheirOrders()
    {
        await using var at = await OpenAsync();
        var first = await at.PlaceAsync(Drafts.Buy(1m));
        var second = await at.PlaceAsync(Drafts.Sell(2m));
        await at.PlaceAsync(Drafts.Buy(1m), market: at.Other);

        var trades = SuiteBench.Done(await at.Exchange.TradesAsync(at.Market.Symbol, at.Before, CancellationToken.None));
        var later = SuiteBench.Done(await at.Exchange.TradesAsync(at.Market.Symbol, at.Now.AddMinutes(5), CancellationToken.None));

        trades.Select(t => t.ExchangeOrderId).ShouldBe([first.ExchangeOrderId, second.ExchangeOrderId]);
        trades.Select(t => t.At).ShouldBeInOrder();
        trades.ShouldAllBe(t => t.Symbol == at.Market.Symbol && t.At.Kind == DateTimeKind.Utc);
        later.ShouldBeEmpty();
    }

    [Fact]
    public async Task X31_AnswerToAPlacedOrder_CarriesItsTradesOrNone()
    {
        await using var at = await OpenAsync();

        var order = await at.PlaceAsync(Drafts.Buy(1m));

        var trades = await at.TradesAsync(order);
        (order.Trades ?? trades)
            .Select(t => (t.TradeId, t.Price, t.Quantity, t.Cost, t.Fee, t.FeeAsset))
            .ShouldBe(trades.Select(t => (t.TradeId, t.Price, t.Quantity, t.Cost, t.Fee, t.FeeAsset)));
    }

    [Fact]
    public async Task X32_NumbersOffTheMarketsRules_AreRefusedByTheExchangeItself()
    {
        await using var at = await OpenAsync();
        var lax = at.Market with
        {
            PriceIncrements = Increments.Any,
            QuantityIncrements = Increments.Any,
            MinQuantity = null,
            MaxQuantity = null,
            MinNotional = null,
            MaxPrice = null,
        };

        (await at.TryAsync(Drafts.Buy(1m, 99.005m), market: lax)).ShouldBeRefused(FaultKind.Rule);
        (await at.TryAsync(Drafts.Buy(0.10005m), market: lax)).ShouldBeRefused(FaultKind.Rule);
        (await at.TryAsync(Drafts.Buy(0.04m, 99m), market: lax)).ShouldBeRefused(FaultKind.Rule);
        (await at.TryAsync(Drafts.Buy(0.04m), market: lax)).ShouldBeRefused(FaultKind.Rule);
        (await at.TryAsync(Drafts.Sell(9_001m, 100m), market: lax)).ShouldBeRefused(FaultKind.Rule);

        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 10_000m, 0));
    }

    [Fact]
    public async Task X33_MoreThanIsFree_IsRefusedForFunds()
    {
        await using var at = await OpenAsync();
        await at.PlaceAsync(Drafts.Buy(99m, 99m));

        (await at.TryAsync(Drafts.Buy(10m))).ShouldBeRefused(FaultKind.Funds);
        (await at.TryAsync(Drafts.Buy(10m, 90m))).ShouldBeRefused(FaultKind.Funds);
        (await at.TryAsync(Drafts.Sell(100.0001m))).ShouldBeRefused(FaultKind.Funds);
        (await at.TryAsync(Drafts.Stop(OrderSide.Sell, 100.0001m, 90m))).ShouldBeRefused(FaultKind.Funds);

        (await at.PlaceAsync(Drafts.Buy(1m))).Status.ShouldBe(ExchangeOrderStatus.Filled);
    }

    [Fact]
    public async Task X34_DeadlineThatIsOver_LeavesNothingBehind()
    {
        await using var at = await OpenAsync();
        var id = at.NewId();

        var late = await at.Exchange.PlaceAsync(
            SuiteBench.TicketOf(Drafts.Buy(1m), at.Market),
            id,
            at.Now.AddSeconds(-1),
            CancellationToken.None
        );

        late.Outcome.ShouldBe(ExchangeOutcome.NotExecuted);
        SuiteBench.Done(await at.Exchange.FindAsync(new OrderName(at.Market.Symbol, id, null), CancellationToken.None)).ShouldBeNull();
        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 10_000m, 0));
    }

    [Fact]
    public async Task X35_Balances_ListWhatIsNotZero()
    {
        await using var at = await OpenAsync();

        await at.PlaceAsync(Drafts.Sell(100m));

        SuiteBench.Done(await at.Exchange.BalancesAsync(CancellationToken.None)).ShouldNotContain(b => b.Asset == at.Market.Base);
        (await at.BalanceAsync("USDT")).Total.ShouldBe(19_990m);
    }

    [Fact]
    public async Task X36_Ticker_IsThePriceOfNow()
    {
        await using var at = await OpenAsync();
        await at.SetPriceAsync(101.5m);

        var ticker = SuiteBench.Done(await at.Exchange.TickerAsync(at.Market.Symbol, CancellationToken.None));

        (ticker.Symbol, ticker.Last).ShouldBe((at.Market.Symbol, 101.5m));
        ticker.At.ShouldBeInRange(at.Now.AddMinutes(-1), at.Now.AddMinutes(1));
    }

    [Fact]
    public async Task X37_KeyAndClock_AreFit()
    {
        await using var at = await OpenAsync();

        var rights = SuiteBench.Done(await at.Exchange.KeyRightsAsync(CancellationToken.None));

        (rights.Trade, rights.Withdraw).ShouldBe((true, false));
        SuiteBench
            .Done(await at.Exchange.ClockDriftAsync(CancellationToken.None))
            .ShouldBeInRange(TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task X38_AllThatWasTraded_AddsUpToTheBalances()
    {
        await using var at = await OpenAsync();
        await at.SetLiquidityAsync(0.7m);
        var resting = await at.PlaceAsync(Drafts.Buy(3m, 100m));
        await at.PlaceAsync(Drafts.Sell(0.31m));
        await at.SetPriceAsync(99.97m);
        await at.PlaceAsync(Drafts.Sell(1.2345m, 99.9m));
        await at.SetPriceAsync(99.93m);
        await at.CancelAsync(resting);

        var trades = SuiteBench.Done(await at.Exchange.TradesAsync(at.Market.Symbol, at.Before, CancellationToken.None));
        var (usdt, held) = (10_000m, 100m);
        foreach (var trade in trades)
        {
            var sign = trade.Side == OrderSide.Buy ? 1 : -1;
            trade.Cost.ShouldBe(trade.Price * trade.Quantity);
            usdt -= (sign * trade.Cost) + (trade.FeeAsset == "USDT" ? trade.Fee : 0);
            held += (sign * trade.Quantity) - (trade.FeeAsset == at.Market.Base ? trade.Fee : 0);
        }

        trades.Count.ShouldBeGreaterThan(4);
        (await at.BalanceAsync("USDT")).Total.ShouldBe(usdt);
        (await at.BalanceAsync(at.Market.Base)).Total.ShouldBe(held);
    }
}
