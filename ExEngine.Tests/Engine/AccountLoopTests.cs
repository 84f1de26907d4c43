using ExEngine.Core.Engine;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Orders;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Engine;

[NeedsServer]
public sealed class AccountLoopTests
{
    private static readonly SignalDetail Buy = new()
    {
        Draft = new SignalDraft
        {
            Symbol = "BTC/USDT",
            Action = SignalAction.Buy,
            Quantity = 0.001m,
        },
    };

    [Fact]
    public async Task DueSignal_BecomesAnOrderItsFillAndAPosition()
    {
        await using var app = new AppFactory();
        var bench = await EngineBench.NewAsync(app);
        var signal = await DueAsync(bench, Buy);
        using var stopping = new CancellationTokenSource();
        using var loop = Loop(bench);

        var running = loop.RunAsync(stopping.Token);
        await Until.True(async () => (await bench.SignalAsync(signal)).Status == SignalStatus.Done);
        await stopping.CancelAsync();
        await running;

        var order = (await bench.OrdersAsync()).ShouldHaveSingleItem();
        (order.OriginId, order.Status, order.BookedQuantity).ShouldBe((signal, OrderStatus.Filled, 0.001m));
        (await bench.PositionAsync())!.Quantity.ShouldBe(0.000999m, "The fee of 0.1 % is taken in base.");
    }

    [Fact]
    public async Task SignalThatCannotBePlanned_DoesNotStopTheOthers()
    {
        await using var app = new AppFactory();
        var bench = await EngineBench.NewAsync(app);
        var huge = Buy with { Draft = Buy.Draft! with { Quantity = decimal.MaxValue } };
        var (bad, good) = (
            await DueAsync(bench, huge),
            await DueAsync(bench, Buy with { Draft = Buy.Draft! with { Symbol = "ETH/USDT", Quantity = 0.1m } }, "ETH/USDT")
        );
        using var stopping = new CancellationTokenSource();
        using var loop = Loop(bench);

        var running = loop.RunAsync(stopping.Token);
        await Until.True(async () => (await bench.SignalAsync(good)).Status == SignalStatus.Done);
        await stopping.CancelAsync();
        await running;

        (await bench.SignalAsync(bad)).Status.ShouldBe(SignalStatus.Refused);
    }

    [Fact]
    public async Task LeaseThatAnotherTook_EndsTheLoop_AndNothingIsWritten()
    {
        await using var app = new AppFactory { ["Execution:Lease"] = "00:00:01" };
        var bench = await EngineBench.NewAsync(app);
        await bench.LoseLeaseAsync();
        var signal = await DueAsync(bench, Buy);
        using var loop = Loop(bench);

        await Should.ThrowAsync<LeaseLostException>(() => loop.RunAsync(default));

        (await bench.SignalAsync(signal)).Status.ShouldBe(SignalStatus.Accepted);
        (await bench.OrdersAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task NothingToDoForLong_Returns()
    {
        await using var app = new AppFactory { ["Execution:KeepIdle"] = "00:00:01" };
        var bench = await EngineBench.NewAsync(app);
        using var loop = Loop(bench);

        await loop.RunAsync(default).WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
    }

    private static AccountLoop Loop(EngineBench bench) =>
        ActivatorUtilities.CreateInstance<AccountLoop>(bench.App.Services, bench.Claim, bench.Account);

    private static async Task<Guid> DueAsync(EngineBench bench, SignalDetail detail, string symbol = "BTC/USDT") =>
        (await bench.Rows.AddAsync(s => (s.DueAt, s.Symbol, s.Detail) = (s.ReceivedAt, symbol, SignalDetailJson.Write(detail))))[0];
}
