using ExEngine.Core.Exchanges;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;
using FaultKind = ExEngine.Core.Exchanges.FaultKind;

namespace ExEngine.Tests.Exchanges.Ccxt;

/// <summary>Limits of the exchange, which has an application of its own here: silence concerns all of its accounts.</summary>
[NeedsServer]
public sealed class CcxtLimitsTests(ExchangeApp fixture) : IClassFixture<ExchangeApp>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await fixture.BinanceAsync();

    // What one test provoked must be over before the next one asks.
    public async ValueTask DisposeAsync()
    {
        await fixture.Exchange.SetLimitsAsync(new FakeLimits());
        var account = await LiveAccount.OpenAsync(fixture);
        await Until.True(async () => (await account.Exchange.OpenOrdersAsync("BTC/USDT", CancellationToken.None)).IsDone);
    }

    [Fact]
    public async Task RetryAfter_SilencesAllAccounts_AndLeadsToNoBan()
    {
        var (greedy, other) = (
            await LiveAccount.OpenAsync(fixture, null, ("USDT", 1_000m)),
            await LiveAccount.OpenAsync(fixture, null, ("USDT", 1_000m))
        );
        (await other.Exchange.OpenOrdersAsync("BTC/USDT", CancellationToken.None)).IsDone.ShouldBeTrue();
        await fixture.Exchange.SetLimitsAsync(
            new FakeLimits
            {
                Weight = 60,
                WindowSeconds = 3,
                BanAfter = 3,
                BanSeconds = 60,
            }
        );

        ExchangeResult<IReadOnlyList<AssetBalance>> limited;
        do
        {
            limited = await greedy.Exchange.BalancesAsync(CancellationToken.None);
        } while (limited.IsDone);
        var asked = (await fixture.Exchange.AskedAsync()).Length;
        var order = await other.BuyAsync("BTC/USDT", 0.001m, 10_000m);
        var cancel = await other.Exchange.CancelAsync(new OrderName("BTC/USDT", other.NewId(), null), CancellationToken.None);

        (limited.Outcome, limited.Fault!.Kind).ShouldBe((ExchangeOutcome.NotExecuted, FaultKind.RateLimited));
        (order.Outcome, order.Fault!.Kind).ShouldBe((ExchangeOutcome.NotExecuted, FaultKind.RateLimited));
        (cancel.Outcome, cancel.Fault!.Kind).ShouldBe((ExchangeOutcome.NotExecuted, FaultKind.RateLimited));
        order.Fault.RetryAfter.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(4));
        (await fixture.Exchange.AskedAsync()).Length.ShouldBe(asked);
        await Until.True(async () => (await other.BuyAsync("BTC/USDT", 0.001m, 10_000m)).IsDone);
    }

    [Fact]
    public async Task SilenceOutlivesTheGateway()
    {
        var account = await LiveAccount.OpenAsync(fixture, null, ("USDT", 1_000m));
        (await account.Exchange.OpenOrdersAsync("BTC/USDT", CancellationToken.None)).IsDone.ShouldBeTrue();
        await fixture.Exchange.SetLimitsAsync(new FakeLimits { Weight = 20, WindowSeconds = 60 });
        while ((await account.Exchange.BalancesAsync(CancellationToken.None)).IsDone) { }

        await fixture.Exchange.SetLimitsAsync(new FakeLimits());
        var asked = (await fixture.Exchange.AskedAsync()).Length;
        var starts = fixture.Gateway.Report.Starts;
        System.Diagnostics.Process.GetProcessById(fixture.GatewayId).Kill();
        await Until.True(() => fixture.Gateway.Report is { State: Core.Exchanges.Ccxt.GatewayState.Running } now && now.Starts > starts);
        var order = await account.BuyAsync("BTC/USDT", 0.001m, 10_000m);

        (order.Outcome, order.Fault!.Kind).ShouldBe((ExchangeOutcome.NotExecuted, FaultKind.RateLimited));
        (await fixture.Exchange.AskedAsync()).Length.ShouldBe(asked);
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task TooManyOrdersOfOneAccount_LeaveTheOthersAlone()
    {
        var (greedy, other) = (
            await LiveAccount.OpenAsync(fixture, null, ("USDT", 100_000m)),
            await LiveAccount.OpenAsync(fixture, null, ("USDT", 1_000m))
        );
        await fixture.Exchange.SetLimitsAsync(new FakeLimits { OrdersIn10Seconds = 3 });

        ExchangeResult<ExchangeOrder> limited;
        do
        {
            limited = await greedy.BuyAsync("BTC/USDT", 0.001m, 10_000m);
        } while (limited.IsDone);
        var order = await other.BuyAsync("BTC/USDT", 0.001m, 10_000m);

        (limited.Outcome, limited.Fault!.Kind, limited.Fault.Code).ShouldBe((ExchangeOutcome.NotExecuted, FaultKind.RateLimited, "-1015"));
        order.IsDone.ShouldBeTrue(order.Fault?.ToString());
    }

    [Fact]
    public async Task ClockOfTheExchangeJumps_IsARefusalInTime_AndTheNextOneIsInTime()
    {
        var account = await LiveAccount.OpenAsync(fixture, null, ("USDT", 1_000m));
        (await account.BuyAsync("BTC/USDT", 0.001m, 10_000m)).IsDone.ShouldBeTrue();
        try
        {
            await fixture.Exchange.SetClockAsync(TimeSpan.FromSeconds(20));

            var late = await account.BuyAsync("BTC/USDT", 0.001m, 10_000m);
            var next = await account.BuyAsync("BTC/USDT", 0.001m, 10_000m);
            var drift = await account.Exchange.ClockDriftAsync(CancellationToken.None);

            (late.Outcome, late.Fault!.Kind).ShouldBe((ExchangeOutcome.NotExecuted, FaultKind.Clock));
            next.IsDone.ShouldBeTrue(next.Fault?.ToString());
            drift.Value.ShouldBeInRange(TimeSpan.FromSeconds(19), TimeSpan.FromSeconds(21));
        }
        finally
        {
            await fixture.Exchange.SetClockAsync(TimeSpan.Zero);
            await account.Exchange.ClockDriftAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task SlowAnswerAboutTheTime_LeavesARightClockAsItIs()
    {
        var account = await LiveAccount.OpenAsync(fixture, null, ("USDT", 1_000m));
        await fixture.Exchange.FaultAsync(
            new FakeFault(FakeExchange.FaultKind.Delay, Executed: false, FaultOn.Public) { Next = null, Milliseconds = 2_400 }
        );

        var drift = await account.Exchange.ClockDriftAsync(CancellationToken.None);
        await fixture.Exchange.ClearFaultsAsync();
        var order = await account.BuyAsync("BTC/USDT", 0.001m, 10_000m);

        drift.IsDone.ShouldBeTrue(drift.Fault?.ToString());
        drift.Value.ShouldBeInRange(TimeSpan.FromMilliseconds(-200), TimeSpan.FromMilliseconds(200));
        order.IsDone.ShouldBeTrue(order.Fault?.ToString());
    }
}
