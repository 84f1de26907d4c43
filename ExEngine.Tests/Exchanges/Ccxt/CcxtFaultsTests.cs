using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;
using FaultKind = ExEngine.Tests.FakeExchange.FaultKind;

namespace ExEngine.Tests.Exchanges.Ccxt;

/// <summary>What the exchange and the network do to a request, and what the account's exchange makes of it.</summary>
[NeedsServer]
public sealed class CcxtFaultsTests(ExchangeApp fixture) : IClassFixture<ExchangeApp>
{
    public static TheoryData<FaultKind, bool> Ambiguous =>
        new()
        {
            { FaultKind.Reset, true },
            { FaultKind.Reset, false },
            { FaultKind.ServerError, true },
            { FaultKind.ServerError, false },
            { FaultKind.Unexpected1006, true },
            { FaultKind.Unexpected1006, false },
            { FaultKind.Timeout1007, true },
            { FaultKind.Timeout1007, false },
            { FaultKind.HtmlPage, true },
            { FaultKind.HtmlPage, false },
            { FaultKind.TruncatedJson, true },
            { FaultKind.TruncatedJson, false },
            { FaultKind.CutOff, true },
            { FaultKind.CutOff, false },
            { FaultKind.NoAnswer, true },
            { FaultKind.NoAnswer, false },
            { FaultKind.AnswerTwice, false },
        };

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task NoDefiniteAnswer_IsUnknown_AndTheOrderIsSentOnce(FaultKind kind, bool executed)
    {
        var account = await LiveAccount.OpenAsync(fixture, null, ("USDT", 100_000m));
        var id = account.NewId();
        await fixture.Exchange.FaultAsync(new FakeFault(kind, executed, FaultOn.Place) { ClientOrderId = id });

        var placed = await account.BuyAsync("BTC/USDT", 0.01m, 10_000m, id);

        (placed.Outcome, placed.Fault!.Kind).ShouldBe(
            (ExchangeOutcome.Unknown, Core.Exchanges.FaultKind.Ambiguous),
            placed.Fault.ToString()
        );
        var found = await account.Exchange.FindAsync(new OrderName("BTC/USDT", id, null), CancellationToken.None);
        (found.Value is not null).ShouldBe(executed);
        (await account.LedgerAsync()).Orders.Count.ShouldBe(executed ? 1 : 0);
    }

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task CancelWithoutDefiniteAnswer_IsUnknown(FaultKind kind, bool executed)
    {
        var account = await LiveAccount.OpenAsync(fixture, null, ("USDT", 100_000m));
        var id = account.NewId();
        await account.BuyAsync("BTC/USDT", 0.01m, 10_000m, id);
        await fixture.Exchange.FaultAsync(new FakeFault(kind, executed, FaultOn.Cancel) { ClientOrderId = id });

        var canceled = await account.Exchange.CancelAsync(new OrderName("BTC/USDT", id, null), CancellationToken.None);

        canceled.Outcome.ShouldBe(ExchangeOutcome.Unknown, canceled.Fault?.ToString());
        (await account.LedgerAsync()).Cancels.Count.ShouldBe(executed ? 1 : 0);
    }

    [Theory]
    [InlineData(FaultKind.HtmlPage)]
    [InlineData(FaultKind.TruncatedJson)]
    [InlineData(FaultKind.CutOff)]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.Reset)]
    public async Task ListThatCannotBeRead_IsNoEmptyList(FaultKind kind)
    {
        var account = await LiveAccount.OpenAsync(fixture, null, ("USDT", 100_000m));
        await account.BuyAsync("BTC/USDT", 0.01m, 10_000m);

        foreach (var ask in Questions(account.Exchange))
        {
            await fixture.Exchange.FaultAsync(new FakeFault(kind, true, FaultOn.Query));
            var (outcome, what) = await ask();
            outcome.ShouldNotBe(ExchangeOutcome.Done, what);
            await fixture.Exchange.ClearFaultsAsync();
        }
    }

    [Fact]
    public async Task SlowAnswer_IsWaitedFor()
    {
        var account = await LiveAccount.OpenAsync(fixture, null, ("USDT", 100_000m));
        var id = account.NewId();
        await fixture.Exchange.FaultAsync(new FakeFault(FaultKind.Delay, true, FaultOn.Place) { ClientOrderId = id, Milliseconds = 1_000 });

        (await account.BuyAsync("BTC/USDT", 0.01m, 10_000m, id)).Outcome.ShouldBe(ExchangeOutcome.Done);
    }

    [Fact]
    public async Task ListWithEachItemTwice_HasEachOnce()
    {
        var account = await LiveAccount.OpenAsync(fixture, null, ("USDT", 100_000m));
        await account.BuyAsync("BTC/USDT", 0.01m);
        await fixture.Exchange.FaultAsync(new FakeFault(FaultKind.DoubledItems, true, FaultOn.Query));

        var trades = await account.Exchange.TradesAsync(
            "BTC/USDT",
            fixture.Clock.GetUtcNow().UtcDateTime.AddMinutes(-1),
            CancellationToken.None
        );

        trades.Value!.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ExchangeUnreachable_NothingWasSent()
    {
        await using var app = fixture.Build();
        app["Exchanges:binance:BaseUrl"] = $"http://127.0.0.1:{FreePort.Next()}";
        var exchange = app.Get<ExchangeFactory>().Of(LiveAccount.Row(app, new FakeKey("key-of-eight", "secret-of-eight", "nobody")));
        var market = (await fixture.BinanceAsync()).Resolve("BTC/USDT").Market!;
        var ticket = OrderValidator.Check(LiveAccount.Draft(OrderSide.Buy, 1m, 100m), market, null).Order!;

        var placed = await exchange.PlaceAsync(
            ticket,
            new string('a', 32),
            fixture.Clock.GetUtcNow().UtcDateTime.AddSeconds(10),
            CancellationToken.None
        );

        (placed.Outcome, placed.Fault!.Kind).ShouldBe(
            (ExchangeOutcome.NotExecuted, Core.Exchanges.FaultKind.Unavailable),
            placed.Fault.ToString()
        );
    }

    [Fact]
    public async Task ExchangeGoneAfterItsRulesWereFetched_NothingWasSent()
    {
        var gone = await FakeExchangeProcess.StartAsync();
        await using var app = fixture.Build();
        app["Exchanges:binance:BaseUrl"] = gone.Address;
        var exchange = app.Get<ExchangeFactory>()
            .Of(LiveAccount.Row(app, await gone.CreateAccountAsync(new Dictionary<string, decimal>())));
        (await exchange.OpenOrdersAsync(null, CancellationToken.None)).Outcome.ShouldBe(ExchangeOutcome.Done);
        await gone.DisposeAsync();
        var market = (await fixture.BinanceAsync()).Resolve("BTC/USDT").Market!;
        var ticket = OrderValidator.Check(LiveAccount.Draft(OrderSide.Buy, 1m, 100m), market, null).Order!;

        // The first one may still meet the old connection, of which it cannot be said whether it took the request along.
        await exchange.OpenOrdersAsync(null, CancellationToken.None);
        var placed = await exchange.PlaceAsync(
            ticket,
            new string('a', 32),
            fixture.Clock.GetUtcNow().UtcDateTime.AddSeconds(10),
            CancellationToken.None
        );

        (placed.Outcome, placed.Fault!.Kind).ShouldBe(
            (ExchangeOutcome.NotExecuted, Core.Exchanges.FaultKind.Unavailable),
            placed.Fault.ToString()
        );
    }

    [Fact]
    public async Task GatewayKilledWhileAnOrderIsOut_IsUnknown()
    {
        var account = await LiveAccount.OpenAsync(fixture, null, ("USDT", 100_000m));
        var id = account.NewId();
        await fixture.Exchange.FaultAsync(new FakeFault(FaultKind.Delay, true, FaultOn.Place) { ClientOrderId = id, Milliseconds = 2_000 });

        var placing = account.BuyAsync("BTC/USDT", 0.01m, 10_000m, id);
        await Until.True(async () => (await account.LedgerAsync()).Placings.Count > 0);
        var starts = fixture.Gateway.Report.Starts;
        System.Diagnostics.Process.GetProcessById(fixture.GatewayId).Kill();
        var placed = await placing;

        placed.Outcome.ShouldBe(ExchangeOutcome.Unknown, placed.Fault?.ToString());
        await Until.True(() => fixture.Gateway.Report is { State: Core.Exchanges.Ccxt.GatewayState.Running } now && now.Starts > starts);
        var found = await account.Exchange.FindAsync(new OrderName("BTC/USDT", id, null), CancellationToken.None);
        found.Value.ShouldNotBeNull($"{found.Fault}");
    }

    private static IEnumerable<Func<Task<(ExchangeOutcome, string)>>> Questions(IExchange exchange)
    {
        var longAgo = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);
        yield return async () => ((await exchange.OpenOrdersAsync(null, CancellationToken.None)).Outcome, "open orders");
        yield return async () => ((await exchange.RecentOrdersAsync("BTC/USDT", longAgo, CancellationToken.None)).Outcome, "recent orders");
        yield return async () => ((await exchange.TradesAsync("BTC/USDT", longAgo, CancellationToken.None)).Outcome, "trades");
        yield return async () => ((await exchange.BalancesAsync(CancellationToken.None)).Outcome, "balances");
        yield return async () =>
            ((await exchange.FindAsync(new OrderName("BTC/USDT", new string('b', 32), null), CancellationToken.None)).Outcome, "find");
    }
}
