using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Tests.FakeExchange;

namespace ExEngine.Tests.Exchanges.Ccxt;

/// <summary>A live account through the gateway and real CCXT at the fake exchange.</summary>
internal sealed class CcxtBench(ExchangeApp app, FakeKey key, Market market, Market other) : SuiteBench
{
    public override IExchange Exchange { get; } = app.App.Get<ExchangeFactory>().Of(LiveAccount.Row(app.App, key));
    public override Market Market => market;
    public override Market Other => other;
    public override DateTime Now => app.Clock.GetUtcNow().UtcDateTime;

    public override Task SetPriceAsync(decimal price) => app.Exchange.SetPriceAsync(market.ExchangeSymbol, price);

    public override Task SetLiquidityAsync(decimal? quantity) =>
        app.Exchange.SetBookAsync(market.ExchangeSymbol, new FakeBook { LevelQuantity = quantity });

    public override Task SetFeesInQuoteAsync() =>
        app.Exchange.SetCommissionAsync(key.Account, new FakeCommission { In = FakeCommissionAsset.Quote });

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
