using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Ccxt;

/// <summary>Market buys that are sent by what they cost, through a real gateway process and real CCXT.</summary>
[NeedsServer]
public sealed class CostBuyTests : IAsyncLifetime
{
    private const string Exchange = "coinsph";
    private readonly string _id = Guid.NewGuid().ToString("N");
    private CostDialect _there = null!;
    private AppFactory _app = null!;

    public ValueTask InitializeAsync()
    {
        Need.Node();
        _there = new CostDialect(TimeProvider.System);
        _app = new AppFactory { [$"Exchanges:{Exchange}:BaseUrl"] = _there.Address, ["Gateway:ExchangeTimeout"] = "00:00:03" };
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("21.31")] // more than was asked for
    [InlineData("19.97")] // less
    public async Task MarketBuy_IsSentByItsCost_AndIsFilledWithWhatItBought(string bought)
    {
        _there.Answer = $$"""
            {"symbol":"XRPPHP","orderId":"77","clientOrderId":"ID","transactTime":1678701939513,"price":"0","origQty":"0",
            "executedQty":"{{bought}}","cummulativeQuoteQty":"687.41","status":"FILLED","timeInForce":"GTC","type":"MARKET","side":"BUY",
            "stopPrice":"0","origQuoteOrderQty":"687.42"}
            """;

        var placed = await PlaceAsync(OrderSide.Buy, 20.5m, referencePrice: 33.5333m);

        placed.Outcome.ShouldBe(ExchangeOutcome.Done, placed.Fault?.ToString());
        placed.Value!.Status.ShouldBe(ExchangeOrderStatus.Filled);
        (Text(placed.Value.FilledQuantity), placed.Value.ExecutedCost, placed.Value.ClientId).ShouldBe((bought, 687.41m, _id));
        var sent = _there.Orders.ShouldHaveSingleItem().Split('&', '?');
        sent.ShouldContain("quoteOrderQty=687.43", "20.5 × 33.5333 is 687.43265");
        sent.ShouldContain($"newClientOrderId={_id}");
        sent.ShouldNotContain(p => p.StartsWith("quantity=", StringComparison.Ordinal) || p.StartsWith("cost=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PartOfTheCostLeftOver_IsFilledAllTheSame()
    {
        _there.Answer = """
            {"symbol":"XRPPHP","orderId":"78","clientOrderId":"ID","transactTime":1678701939513,"price":"0","origQty":"687.43",
            "executedQty":"20.4","cummulativeQuoteQty":"684.07","status":"FILLED","timeInForce":"GTC","type":"MARKET","side":"BUY",
            "stopPrice":"0","origQuoteOrderQty":"687.43"}
            """;

        var placed = await PlaceAsync(OrderSide.Buy, 20.5m, referencePrice: 33.5333m);

        (placed.Value!.Status, placed.Value.FilledQuantity).ShouldBe((ExchangeOrderStatus.Filled, 20.4m), "687.43 is no quantity");
    }

    [Theory]
    [InlineData(null, RefusalCodes.PriceUnknown)]
    [InlineData("2.43", RefusalCodes.CostTooLow)] // 49.815
    public async Task MarketBuyThatCannotBeSentSo_IsRefusedAndNothingIsSent(string? price, string code)
    {
        var placed = await PlaceAsync(
            OrderSide.Buy,
            20.5m,
            price is null ? null : decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture)
        );

        placed.ShouldBeRefused(FaultKind.Rule);
        placed.Fault!.Code.ShouldBe(code);
        _there.Orders.ShouldBeEmpty();
    }

    [Fact]
    public async Task MarketSale_StatesItsQuantity()
    {
        await PlaceAsync(OrderSide.Sell, 20.5m, referencePrice: 33.5333m);

        _there.Orders.ShouldHaveSingleItem().Split('&', '?').ShouldContain("quantity=20.5");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _there.Dispose();
    }

    private async Task<ExchangeResult<ExchangeOrder>> PlaceAsync(OrderSide side, decimal quantity, decimal? referencePrice)
    {
        var catalog = _app.Get<MarketCatalog>();
        var book = await catalog.FindAsync(Exchange, CancellationToken.None);
        var market = book.ShouldNotBeNull(catalog.FailureOf(Exchange)).Resolve("XRP/PHP").Market.ShouldNotBeNull();
        var draft = new OrderDraft
        {
            Side = side,
            Type = OrderType.Market,
            Quantity = quantity,
        };
        var order = OrderValidator.Check(draft, market, null).Order! with { ReferencePrice = referencePrice };
        var exchange = _app.Get<CcxtAccounts>().Of(Exchange, new CcxtKeys(new string('k', 32), new string('s', 32), null));
        return await exchange.PlaceAsync(
            order,
            _id,
            _app.Get<TimeProvider>().GetUtcNow().UtcDateTime.AddSeconds(10),
            CancellationToken.None
        );
    }

    private static string Text(decimal value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
