using ExEngine.Core.Orders;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Live;

/// <summary>The exchange's own stream, through real CCXT: orders are polled too rarely here for anything but it to tell in time.</summary>
[NeedsServer]
public sealed class LiveStreamTests : IAsyncLifetime
{
    private readonly LiveApp _live = new();

    public async ValueTask InitializeAsync()
    {
        await _live.InitializeAsync();
        _live.App["Execution:OrderPoll"] = "00:01:00";
        _live.App["Execution:AbsenceHorizon"] = "00:05:00";
        _live.App["Execution:AbsenceGap"] = "00:01:00";
    }

    public ValueTask DisposeAsync() => _live.DisposeAsync();

    [Fact]
    public async Task FillOfARestingOrder_IsKnownAtOnce()
    {
        var trader = await RestingAsync();

        await _live.Exchange.SetPriceAsync("P1USDT", 89m);

        await SeenAsync(trader, OrderStatus.Filled);
    }

    [Fact]
    public async Task OrderThatAPersonCancelsAtTheExchange_IsKnownAtOnce()
    {
        var trader = await RestingAsync();

        using var person = new SignedClient(_live.Exchange.Address, trader.Key);
        (await person.SendAsync(HttpMethod.Delete, "/api/v3/openOrders", "symbol=P1USDT")).Status.ShouldBe(200);

        await SeenAsync(trader, OrderStatus.Canceled);
    }

    [Fact]
    public async Task StreamThatTheExchangeEnds_IsOpenedAgain()
    {
        var trader = await RestingAsync();

        await _live.Exchange.DropStreamsAsync();
        await Until.True(async () => await _live.Exchange.StreamsAsync(trader.Key.Account) == 0);
        await Until.True(async () => await _live.Exchange.StreamsAsync(trader.Key.Account) == 1);
        await _live.Exchange.SetPriceAsync("P1USDT", 89m);

        await SeenAsync(trader, OrderStatus.Filled);
    }

    /// <summary>An order at 90 while the market is at 100, seen to rest, on an account whose stream is open.</summary>
    private async Task<LiveTrader> RestingAsync()
    {
        await _live.Exchange.SetPriceAsync("P1USDT", 100m);
        var trader = await _live.TraderAsync(("USDT", 10_000m));
        await trader.AlertAsync(
            """{"symbol":"P1/USDT","action":"buy","order_type":"limit","trade_price":"90","trade_quantity":"1","id":"1"}"""
        );
        await SeenAsync(trader, OrderStatus.Open);
        await Until.True(async () => await _live.Exchange.StreamsAsync(trader.Key.Account) > 0);
        return trader;
    }

    private Task SeenAsync(LiveTrader trader, OrderStatus status) =>
        Until.True(
            async () =>
                (await _live.ReadAsync(db => db.Orders.AsNoTracking().Where(o => o.AccountId == trader.AccountId).ToListAsync()))
                    is [var only]
                && only.Status == status,
            TimeSpan.FromSeconds(20),
            () => $"It never was {status}."
        );
}
