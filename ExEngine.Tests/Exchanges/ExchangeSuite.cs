using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges;

/// <summary>What every <see cref="IExchange"/> does: placing orders and what becomes of them. Numbers are exact.</summary>
public abstract class ExchangeSuite
{
    protected const decimal Fee = 0.001m;

    protected abstract Task<SuiteBench> OpenAsync();

    [Fact]
    public async Task X01_MarketBuy_FillsAtOnceAndItsFeeIsTakenFromWhatItReceives()
    {
        await using var at = await OpenAsync();

        var order = await at.PlaceAsync(Drafts.Buy(0.1234m));

        order.Status.ShouldBe(ExchangeOrderStatus.Filled);
        (order.Quantity, order.FilledQuantity, order.ExecutedCost).ShouldBe((0.1234m, 0.1234m, 12.34m));
        var trade = (await at.TradesAsync(order)).ShouldHaveSingleItem();
        (trade.Price, trade.Quantity, trade.Cost, trade.Side).ShouldBe((100m, 0.1234m, 12.34m, OrderSide.Buy));
        (trade.Fee, trade.FeeAsset, trade.IsMaker).ShouldBe((0.0001234m, at.Market.Base, false));
        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 9987.66m, 0));
        (await at.BalanceAsync(at.Market.Base)).ShouldBe(new AssetBalance(at.Market.Base, 100.1232766m, 0));
    }

    [Fact]
    public async Task X02_MarketSell_FillsAtOnceAndItsFeeIsTakenFromWhatItReceives()
    {
        await using var at = await OpenAsync();

        var order = await at.PlaceAsync(Drafts.Sell(0.5m));

        order.Status.ShouldBe(ExchangeOrderStatus.Filled);
        var trade = (await at.TradesAsync(order)).ShouldHaveSingleItem();
        (trade.Side, trade.Cost, trade.Fee, trade.FeeAsset).ShouldBe((OrderSide.Sell, 50m, 0.05m, "USDT"));
        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 10_049.95m, 0));
        (await at.BalanceAsync(at.Market.Base)).ShouldBe(new AssetBalance(at.Market.Base, 99.5m, 0));
    }

    [Fact]
    public async Task X03_LimitBuyBelowThePrice_RestsWithItsMoneyLocked()
    {
        await using var at = await OpenAsync();

        var order = await at.PlaceAsync(Drafts.Buy(1.5m, 99.5m));

        (order.Status, order.FilledQuantity, order.ExecutedCost).ShouldBe((ExchangeOrderStatus.Open, 0m, 0m));
        (await at.FindAsync(order)).Status.ShouldBe(ExchangeOrderStatus.Open);
        (await at.TradesAsync(order)).ShouldBeEmpty();
        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 9850.75m, 149.25m));
    }

    [Fact]
    public async Task X04_LimitSellAboveThePrice_RestsWithItsBaseLocked()
    {
        await using var at = await OpenAsync();

        var order = await at.PlaceAsync(Drafts.Sell(30m, 100.01m));

        order.Status.ShouldBe(ExchangeOrderStatus.Open);
        (await at.BalanceAsync(at.Market.Base)).ShouldBe(new AssetBalance(at.Market.Base, 70m, 30m));
        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 10_000m, 0));
    }

    [Fact]
    public async Task X05_LimitThatThePriceComesTo_FillsAtItsOwnPriceAsMaker()
    {
        await using var at = await OpenAsync();
        var order = await at.PlaceAsync(Drafts.Buy(2m, 99.5m));

        await at.SetPriceAsync(99.51m);
        (await at.FindAsync(order)).Status.ShouldBe(ExchangeOrderStatus.Open);
        await at.SetPriceAsync(99.4m);

        var found = await at.FindAsync(order);
        (found.Status, found.FilledQuantity, found.ExecutedCost).ShouldBe((ExchangeOrderStatus.Filled, 2m, 199m));
        var trade = (await at.TradesAsync(order)).ShouldHaveSingleItem();
        (trade.Price, trade.IsMaker, trade.Fee).ShouldBe((99.5m, true, 0.002m));
        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 9801m, 0));
    }

    [Fact]
    public async Task X06_LimitBetterThanThePrice_FillsAtThePriceAndTheRestOfItsMoneyIsFree()
    {
        await using var at = await OpenAsync();

        var bought = await at.PlaceAsync(Drafts.Buy(1m, 105m));
        var sold = await at.PlaceAsync(Drafts.Sell(1m, 95m));

        (bought.Status, bought.ExecutedCost).ShouldBe((ExchangeOrderStatus.Filled, 100m));
        (sold.Status, sold.ExecutedCost).ShouldBe((ExchangeOrderStatus.Filled, 100m));
        (await at.TradesAsync(bought)).ShouldHaveSingleItem().IsMaker.ShouldBe(false);
        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 9999.9m, 0));
    }

    [Fact]
    public async Task X07_PartFilledOrderThatIsCanceled_KeepsItsFillAndFreesTheRest()
    {
        await using var at = await OpenAsync();
        await at.SetLiquidityAsync(0.4m);

        var order = await at.PlaceAsync(Drafts.Buy(1m, 100m));
        (order.Status, order.FilledQuantity, order.ExecutedCost).ShouldBe((ExchangeOrderStatus.Open, 0.4m, 40m));
        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 9900m, 60m));
        var canceled = await at.CancelAsync(order);

        (canceled.Status, canceled.FilledQuantity).ShouldBe((ExchangeOrderStatus.Canceled, 0.4m));
        (await at.FindAsync(order)).ShouldSatisfyAllConditions(
            f => f.Status.ShouldBe(ExchangeOrderStatus.Canceled),
            f => f.FilledQuantity.ShouldBe(0.4m),
            f => f.ExecutedCost.ShouldBe(40m)
        );
        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 9960m, 0));
        (await at.BalanceAsync(at.Market.Base)).Free.ShouldBe(100.3996m);
    }

    [Fact]
    public async Task X08_OrderThatFillsInParts_HasATradeForEach()
    {
        await using var at = await OpenAsync();
        await at.SetLiquidityAsync(0.4m);
        var order = await at.PlaceAsync(Drafts.Sell(1m, 100m));

        await at.SetPriceAsync(100m);
        (await at.FindAsync(order)).FilledQuantity.ShouldBe(0.8m);
        await at.SetPriceAsync(100m);

        (await at.FindAsync(order)).Status.ShouldBe(ExchangeOrderStatus.Filled);
        var trades = await at.TradesAsync(order);
        trades.Select(t => t.Quantity).ShouldBe([0.4m, 0.4m, 0.2m]);
        trades.Select(t => t.IsMaker).ShouldBe([false, true, true]);
        trades.Select(t => t.TradeId).Distinct().Count().ShouldBe(3);
        trades.Sum(t => t.Fee).ShouldBe(0.1m);
        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 10_099.9m, 0));
    }

    [Fact]
    public async Task X09_MarketOrderLargerThanTheBook_EndsExpiredWithWhatWasThere()
    {
        await using var at = await OpenAsync();
        await at.SetLiquidityAsync(0.25m);

        var order = await at.PlaceAsync(Drafts.Buy(1m));

        (order.Status, order.Quantity, order.FilledQuantity, order.ExecutedCost).ShouldBe((ExchangeOrderStatus.Expired, 1m, 0.25m, 25m));
        (await at.FindAsync(order)).Status.ShouldBe(ExchangeOrderStatus.Expired);
        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 9975m, 0));
    }

    [Fact]
    public async Task X10_ImmediateOrCancel_EndsWithWhatWasThere()
    {
        await using var at = await OpenAsync();
        await at.SetLiquidityAsync(0.25m);

        var part = await at.PlaceAsync(Drafts.Buy(1m, 100m) with { TimeInForce = TimeInForce.ImmediateOrCancel });
        var nothing = await at.PlaceAsync(Drafts.Buy(1m, 99m) with { TimeInForce = TimeInForce.ImmediateOrCancel });

        (part.Status, part.FilledQuantity).ShouldBe((ExchangeOrderStatus.Expired, 0.25m));
        (nothing.Status, nothing.FilledQuantity).ShouldBe((ExchangeOrderStatus.Expired, 0m));
        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 9975m, 0));
    }

    [Fact]
    public async Task X11_FillOrKill_FillsWholeOrNotAtAll()
    {
        await using var at = await OpenAsync();
        await at.SetLiquidityAsync(1m);

        var killed = await at.PlaceAsync(Drafts.Buy(1.0001m, 100m) with { TimeInForce = TimeInForce.FillOrKill });
        var filled = await at.PlaceAsync(Drafts.Buy(1m, 100m) with { TimeInForce = TimeInForce.FillOrKill });

        (killed.Status, killed.FilledQuantity).ShouldBe((ExchangeOrderStatus.Expired, 0m));
        (filled.Status, filled.FilledQuantity).ShouldBe((ExchangeOrderStatus.Filled, 1m));
        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 9900m, 0));
    }

    [Fact]
    public async Task X12_StopSell_WaitsAndSellsAtThePriceThatReachesIt()
    {
        await using var at = await OpenAsync();
        var order = await at.PlaceAsync(Drafts.Stop(OrderSide.Sell, 2m, 95m));
        order.Status.ShouldBe(ExchangeOrderStatus.Open);
        (await at.BalanceAsync(at.Market.Base)).ShouldBe(new AssetBalance(at.Market.Base, 98m, 2m));

        await at.SetPriceAsync(95.01m);
        (await at.FindAsync(order)).Status.ShouldBe(ExchangeOrderStatus.Open);
        await at.SetPriceAsync(94.5m);

        (await at.FindAsync(order)).Status.ShouldBe(ExchangeOrderStatus.Filled);
        var trade = (await at.TradesAsync(order)).ShouldHaveSingleItem();
        (trade.Price, trade.IsMaker).ShouldBe((94.5m, false));
        (await at.BalanceAsync("USDT")).Free.ShouldBe(10_188.811m);
    }

    [Fact]
    public async Task X13_StopBuy_WaitsAndBuysAtThePriceThatReachesIt()
    {
        await using var at = await OpenAsync();
        var order = await at.PlaceAsync(Drafts.Stop(OrderSide.Buy, 2m, 105m));

        await at.SetPriceAsync(104.99m);
        (await at.FindAsync(order)).Status.ShouldBe(ExchangeOrderStatus.Open);
        await at.SetPriceAsync(105m);

        (await at.FindAsync(order)).ExecutedCost.ShouldBe(210m);
        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 9790m, 0));
        (await at.BalanceAsync(at.Market.Base)).Free.ShouldBe(101.998m);
    }

    [Fact]
    public async Task X14_StopLimitSell_TriggersAndThenWaitsForItsLimit()
    {
        await using var at = await OpenAsync();
        var order = await at.PlaceAsync(Drafts.Sell(1m, 95m) with { Type = OrderType.StopLimit, StopPrice = 96m });

        await at.SetPriceAsync(94m);
        (await at.FindAsync(order)).ShouldSatisfyAllConditions(
            f => f.Status.ShouldBe(ExchangeOrderStatus.Open),
            f => f.FilledQuantity.ShouldBe(0)
        );
        await at.SetPriceAsync(95.5m);

        (await at.FindAsync(order)).Status.ShouldBe(ExchangeOrderStatus.Filled);
        var trade = (await at.TradesAsync(order)).ShouldHaveSingleItem();
        (trade.Price, trade.IsMaker).ShouldBe((95m, true));
    }

    [Fact]
    public async Task X15_StopLimitThatThePricePassesGently_FillsAsItTriggers()
    {
        await using var at = await OpenAsync();
        var order = await at.PlaceAsync(Drafts.Buy(1m, 106m) with { Type = OrderType.StopLimit, StopPrice = 105m });
        (await at.BalanceAsync("USDT")).Used.ShouldBe(106m);

        await at.SetPriceAsync(105.5m);

        (await at.FindAsync(order)).ExecutedCost.ShouldBe(105.5m);
        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 9894.5m, 0));
    }

    [Fact]
    public async Task X16_StopThatWouldTriggerAtOnce_IsRefused()
    {
        await using var at = await OpenAsync();

        (await at.TryAsync(Drafts.Stop(OrderSide.Sell, 1m, 100.5m))).ShouldBeRefused(FaultKind.Rule);
        (await at.TryAsync(Drafts.Stop(OrderSide.Buy, 1m, 99.5m))).ShouldBeRefused(FaultKind.Rule);

        (await at.BalanceAsync("USDT")).Used.ShouldBe(0);
    }

    [Fact]
    public async Task X17_FeesInQuote_AreTakenFromTheQuoteOnBothSides()
    {
        await using var at = await OpenAsync();
        await at.SetFeesInQuoteAsync();

        var bought = await at.PlaceAsync(Drafts.Buy(1m));
        var sold = await at.PlaceAsync(Drafts.Sell(1m));

        foreach (var order in new[] { bought, sold })
        {
            var trade = (await at.TradesAsync(order)).ShouldHaveSingleItem();
            (trade.Fee, trade.FeeAsset).ShouldBe((0.1m, "USDT"));
        }

        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 9999.8m, 0));
        (await at.BalanceAsync(at.Market.Base)).Free.ShouldBe(100m);
    }

    [Fact]
    public async Task X18_SeveralOrdersAtOnce_KeepBalancesExact()
    {
        await using var at = await OpenAsync();

        var orders = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => at.PlaceAsync(i % 2 == 0 ? Drafts.Buy(0.5m) : Drafts.Sell(0.5m, 110m)))
        );

        orders.Select(o => o.ExchangeOrderId).Distinct().Count().ShouldBe(12);
        (await at.BalanceAsync("USDT")).ShouldBe(new AssetBalance("USDT", 9700m, 0));
        (await at.BalanceAsync(at.Market.Base)).ShouldBe(new AssetBalance(at.Market.Base, 99.997m, 3m));
    }
}
