using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Core.Markets;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Paper;

/// <summary>Resting orders of the built-in exchange, through restarts, outages and several instances.</summary>
[NeedsServer]
public sealed class PaperMatcherTests
{
    private static readonly Market Btc = PaperMarkets.All.Single(m => m.Symbol == "BTC/USDT");
    private readonly HandClock _clock = new();

    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    private DateTime Now => _clock.GetUtcNow().UtcDateTime;

    [Theory, MemberData(nameof(Databases))]
    public async Task LimitCrossedWhileTheServerWasDown_FillsAtItsLimitAfterTheRestart(string kind)
    {
        await using var database = await OpenAsync(kind);
        var exchange = database.Get<ExchangeFactory>().Of(await PaperAccounts.AddAsync(database));
        var path = database.Get<PriceFeed>().Simulated.Path("BTC/USDT", Now, Now.AddHours(1), int.MaxValue).ToList();
        var (lowest, end) = (path.Min(t => t.Ask!.Value), path[^1].Ask!.Value);
        lowest.ShouldBeLessThan(end, "choose another moment: the price is to come back");
        var crossed = await PlaceAsync(exchange, Drafts.Buy(0.01m, lowest));
        var missed = await PlaceAsync(exchange, Drafts.Buy(0.01m, lowest - 0.01m));

        _clock.Advance(TimeSpan.FromHours(1));
        using var matcher = Restarted(database);
        await matcher.PassAsync(CancellationToken.None);

        var found = await FindAsync(exchange, crossed);
        (found.Status, found.ExecutedCost).ShouldBe((ExchangeOrderStatus.Filled, lowest * 0.01m));
        (await FindAsync(exchange, missed)).Status.ShouldBe(ExchangeOrderStatus.Open);
        SuiteBench.Done(await exchange.TradesAsync("BTC/USDT", Now, CancellationToken.None)).ShouldHaveSingleItem().IsMaker.ShouldBe(true);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task ManyInstancesThatSeeTheSamePrices_FillEachOrderOnceEach(string kind)
    {
        await using var database = await OpenAsync(kind);
        database.Get<IOptions<PaperOptions>>().Value.Liquidity = 500m;
        var exchange = database.Get<ExchangeFactory>().Of(await PaperAccounts.AddAsync(database));
        var price = SuiteBench.Done(await exchange.TickerAsync("BTC/USDT", CancellationToken.None)).Last;
        foreach (var distance in Enumerable.Range(1, 20))
        {
            await PlaceAsync(exchange, Drafts.Buy(0.001m, price - distance));
        }

        var matchers = Enumerable.Range(0, 4).Select(_ => Restarted(database)).ToList();
        for (var minute = 0; minute < 30; minute++)
        {
            _clock.Advance(TimeSpan.FromSeconds(7));
            await Task.WhenAll(matchers.Select(m => Task.Run(() => m.PassAsync(CancellationToken.None))));
        }

        matchers.ForEach(m => m.Dispose());
        var orders = SuiteBench.Done(await exchange.RecentOrdersAsync("BTC/USDT", DateTime.UnixEpoch, CancellationToken.None));
        var trades = SuiteBench.Done(await exchange.TradesAsync("BTC/USDT", DateTime.UnixEpoch, CancellationToken.None));
        var filled = orders.Where(o => o.Status == ExchangeOrderStatus.Filled).ToList();
        filled.ShouldNotBeEmpty();
        foreach (var order in orders)
        {
            trades.Where(t => t.ExchangeOrderId == order.ExchangeOrderId).Sum(t => t.Quantity).ShouldBe(order.FilledQuantity);
            order.FilledQuantity.ShouldBeLessThanOrEqualTo(order.Quantity);
        }

        var balances = SuiteBench.Done(await exchange.BalancesAsync(CancellationToken.None));
        balances.Single(b => b.Asset == "USDT").Total.ShouldBe(10_000m - trades.Sum(t => t.Cost));
        balances.Single(b => b.Asset == "BTC").Free.ShouldBe(trades.Sum(t => t.Quantity - t.Fee));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task OrdersThatWouldEachTakeMostOfTheMoney_OneOfThemIsTaken(string kind)
    {
        await using var database = await OpenAsync(kind);
        var exchange = database.Get<ExchangeFactory>().Of(await PaperAccounts.AddAsync(database));

        await PlaceAsync(exchange, Drafts.Buy(0.0001m, 50_000m));

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 24)
                .Select(i =>
                    Task.Run(() =>
                        exchange.PlaceAsync(
                            PaperAccounts.Ticket(Btc, Drafts.Buy(0.07m, 90_000m)),
                            $"{i:x32}",
                            DateTime.MaxValue,
                            CancellationToken.None
                        )
                    )
                )
        );

        answers.Count(a => a.IsDone).ShouldBe(1);
        answers.Where(a => !a.IsDone).ShouldAllBe(a => a.Fault!.Kind == FaultKind.Funds);
        (await exchange.BalancesAsync(CancellationToken.None)).Value!.Sum(b => b.Used).ShouldBe(6_305m);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task FirstOrdersAtOnce_OpenTheLedgerOnce(string kind)
    {
        await using var database = await OpenAsync(kind);
        var account = await PaperAccounts.AddAsync(database, balances: """{"USDT":"1000","BTC":"0.5"}""");

        var placed = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(i =>
                    Task.Run(() =>
                        database
                            .Get<ExchangeFactory>()
                            .Of(account)
                            .PlaceAsync(
                                PaperAccounts.Ticket(Btc, Drafts.Sell(0.01m, 200_000m)),
                                $"{i:x32}",
                                DateTime.MaxValue,
                                CancellationToken.None
                            )
                    )
                )
        );

        placed.ShouldAllBe(p => p.IsDone);
        var balances = SuiteBench.Done(await database.Get<ExchangeFactory>().Of(account).BalancesAsync(CancellationToken.None));
        balances.ShouldBe([new AssetBalance("BTC", 0.44m, 0.06m), new AssetBalance("USDT", 1000m, 0)]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Reset_CancelsAndBeginsAnewAndNeverGivesAnIdTwice(string kind)
    {
        await using var database = await OpenAsync(kind);
        var account = await PaperAccounts.AddAsync(database);
        var exchange = database.Get<ExchangeFactory>().Of(account);
        var first = await PlaceAsync(exchange, Drafts.Buy(0.01m));
        var resting = await PlaceAsync(exchange, Drafts.Buy(0.01m, 50_000m));
        var heard = new List<ChangeEvent>();
        using var hearing = database.Get<ChangeFeed>().Subscribe(account.UserId, heard.Add);

        var balances = SuiteBench.Done((await database.Get<PaperVenue>().ResetAsync(account, CancellationToken.None)).Balances);
        var next = await PlaceAsync(exchange, Drafts.Buy(0.02m));

        balances.ShouldBe([new AssetBalance("USDT", 10_000m, 0)]);
        (await FindAsync(exchange, resting)).Status.ShouldBe(ExchangeOrderStatus.Canceled);
        next.ExchangeOrderId.ShouldNotBe(first.ExchangeOrderId);
        next.Trades!.Single().TradeId.ShouldNotBe(first.Trades!.Single().TradeId);
        heard.ShouldBe([new ChangeEvent(account.UserId, ChangeKind.ExchangeAccount, account.Id)]);
        SuiteBench.Done(await exchange.BalancesAsync(CancellationToken.None)).Sum(b => b.Used).ShouldBe(0);
    }

    [Fact]
    public async Task FillOfARestingOrder_IsToldToTheAccountsOwner()
    {
        await using var database = await OpenAsync(TwoDatabases.Sqlite);
        var exchange = database.Get<ExchangeFactory>().Of(await PaperAccounts.AddAsync(database));
        var price = SuiteBench.Done(await exchange.TickerAsync("BTC/USDT", CancellationToken.None)).Last;
        using var stop = new CancellationTokenSource();
        await using var changes = exchange.ChangesAsync(stop.Token).GetAsyncEnumerator();
        var change = changes.MoveNextAsync();
        await PlaceAsync(exchange, Drafts.Buy(0.01m));
        await PlaceAsync(exchange, Drafts.Sell(0.005m, price + 5m));
        change.IsCompleted.ShouldBeFalse();

        await Until.True(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            await database.Get<PaperMatcher>().PassAsync(CancellationToken.None);
            return change.IsCompleted;
        });

        (await change).ShouldBeTrue();
        SuiteBench.Done(await exchange.OpenOrdersAsync(null, CancellationToken.None)).ShouldBeEmpty();
        await stop.CancelAsync();
    }

    [Fact]
    public async Task DatabaseAway_NothingIsExecutedAndEveryQuestionSaysSo()
    {
        BreakableDatabases? databases = null;
        await using var database = await TestDatabase.SqliteAsync(s =>
            s.AddSingleton<TimeProvider>(_clock)
                .AddSingleton<IDbContextFactory<AppDb>>(sp =>
                    databases = new BreakableDatabases(new Factory(sp.GetRequiredService<IDbContextFactory<SqliteDb>>()))
                )
        );
        var exchange = database.Get<ExchangeFactory>().Of(await PaperAccounts.AddAsync(database));
        var resting = await PlaceAsync(exchange, Drafts.Buy(0.01m, 90_000m));
        databases!.Broken = true;

        var placed = await exchange.PlaceAsync(
            PaperAccounts.Ticket(Btc, Drafts.Buy(0.01m)),
            new string('f', 32),
            DateTime.MaxValue,
            CancellationToken.None
        );
        var found = await exchange.FindAsync(SuiteBench.NameOf(resting), CancellationToken.None);

        (placed.Outcome, placed.Fault!.Kind).ShouldBe((ExchangeOutcome.NotExecuted, FaultKind.Unavailable));
        found.Outcome.ShouldBe(ExchangeOutcome.NotExecuted);
        databases.Broken = false;
        SuiteBench.Done(await exchange.RecentOrdersAsync("BTC/USDT", DateTime.UnixEpoch, CancellationToken.None)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task DeletedAccount_TradesNoMore()
    {
        await using var database = await OpenAsync(TwoDatabases.Sqlite);
        var account = await PaperAccounts.AddAsync(database);
        await using (var db = database.Open())
        {
            await db.ExchangeAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.DeletedAt, Now));
        }

        (
            await database
                .Get<ExchangeFactory>()
                .Of(account)
                .PlaceAsync(PaperAccounts.Ticket(Btc, Drafts.Buy(0.01m)), new string('a', 32), DateTime.MaxValue, CancellationToken.None)
        ).ShouldBeRefused(FaultKind.Credentials);
    }

    private Task<TestDatabase> OpenAsync(string kind) =>
        kind == TwoDatabases.Sqlite
            ? TestDatabase.SqliteAsync(s => s.AddSingleton<TimeProvider>(_clock))
            : TestDatabase.PostgresAsync(s => s.AddSingleton<TimeProvider>(_clock));

    /// <summary>What another instance, or this one after a restart, would have.</summary>
    private static PaperMatcher Restarted(TestDatabase database) =>
        new(
            database.Get<PaperVenue>(),
            database.Get<PriceFeed>(),
            database.Get<MarketCatalog>(),
            database.Databases,
            database.Get<IOptions<PaperOptions>>(),
            database.Get<TimeProvider>(),
            NullLogger<PaperMatcher>.Instance
        );

    private static async Task<ExchangeOrder> PlaceAsync(IExchange exchange, OrderDraft draft) =>
        SuiteBench.Done(
            await exchange.PlaceAsync(
                PaperAccounts.Ticket(Btc, draft),
                Guid.NewGuid().ToString("N"),
                DateTime.MaxValue,
                CancellationToken.None
            )
        );

    private static async Task<ExchangeOrder> FindAsync(IExchange exchange, ExchangeOrder order) =>
        SuiteBench.Done(await exchange.FindAsync(SuiteBench.NameOf(order), CancellationToken.None)).ShouldNotBeNull();

    private sealed class Factory(IDbContextFactory<SqliteDb> inner) : IDbContextFactory<AppDb>
    {
        public AppDb CreateDbContext() => inner.CreateDbContext();
    }
}
