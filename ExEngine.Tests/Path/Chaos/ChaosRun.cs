using System.Collections.Concurrent;
using ExEngine.Core.Data;
using ExEngine.Core.Orders;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Path.Live;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Tests.Path.Chaos;

/// <summary>
/// Instances of the application as processes that may be killed and frozen, on one database, with traders whose live accounts are
/// at one fake exchange. Senders behave as alert platforms do: no answer, or 5xx, and they send the same again.
/// </summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    public const int Symbols = 10;
    public const decimal Price = 100;

    /// <summary>In base, of every market.</summary>
    private const decimal Step = 0.01m;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<ChaosAlert, Guid> _told = new();
    private readonly List<(FakeKey Key, Sender Door, HttpClient Client)> _traders = [];
    private string? _postgres;

    public FakeExchangeProcess Exchange { get; private set; } = null!;

    public List<AppProcess> Apps { get; } = [];

    /// <summary>How many alerts were told 2xx.</summary>
    public int Told => _told.Count;

    /// <param name="database">One of <see cref="TwoDatabases"/>.</param>
    /// <param name="instances">More than one need PostgreSQL.</param>
    public static async Task<ChaosRun> StartAsync(string database, int instances = 1, int traders = 3)
    {
        Need.Node();
        var run = new ChaosRun { Exchange = await FakeExchangeProcess.StartAsync() };
        foreach (var i in Enumerable.Range(0, Symbols * 4))
        {
            await run.Exchange.SetMarketAsync(new FakeMarket($"M{i}", "USDT", "0.01000000", "0.01000000") { StartPrice = Price });
        }

        run._postgres = database == TwoDatabases.Postgres ? await (await PostgresServer.SharedAsync()).CreateDatabaseAsync() : null;
        for (var i = 0; i < instances; i++)
        {
            run.Apps.Add(run.NewApp());
            await run.Apps[i].StartAsync();
        }

        for (var i = 0; i < traders; i++)
        {
            await run.AddTraderAsync();
        }

        return run;
    }

    /// <summary>The first instance, which runs, kills itself at a point from now on; once.</summary>
    public void Arm(string point) => File.WriteAllText(FileOf(Apps[0]), point);

    /// <summary>Not any more, should it not have been reached.</summary>
    public void Disarm() => File.Delete(FileOf(Apps[0]));

    public string AccountOf(int trader) => _traders[trader].Key.Account;

    /// <summary>Signed in as the trader, at the first instance, whose address stays.</summary>
    public HttpClient ClientOf(int trader) => _traders[trader].Client;

    /// <summary>Sends until it is told 2xx, to an instance that is picked anew each time.</summary>
    /// <param name="app">Null: it is tried once, at the first.</param>
    /// <returns>Whether it was told 2xx.</returns>
    public async Task<bool> SendAsync(ChaosAlert alert, Func<AppProcess>? app = null)
    {
        if (app is null)
        {
            return await TryAsync(alert, Apps[0]);
        }

        await Until.True(() => TryAsync(alert, app()), Patience, () => $"Never accepted: {alert.Body}");
        return true;
    }

    public AppDb Open() =>
        _postgres is { } postgres
            ? new PostgresDb(new DbContextOptionsBuilder<PostgresDb>().UseNpgsql(postgres).Options)
            : new SqliteDb(
                new DbContextOptionsBuilder<SqliteDb>().UseSqlite($"Data Source={Apps[0].DataDirectory}/exengine.db;Pooling=false").Options
            );

    /// <summary>Waits until every order is settled or rests, and no signal waits; then holds all against the ledger.</summary>
    public async Task<OrderAudit> AuditAsync()
    {
        await SettleAsync();
        var books = await BooksAsync();
        await using var db = Open();
        var ids = await db.Signals.Select(s => s.Id).ToListAsync();
        var (rows, ledger) = await OrdersAndLedgerAsync(db);
        var audit = OrderAudit.Of([.. _told.Where(t => t.Key.HasOrder).Select(t => t.Value)], rows, ledger);
        audit = audit with { Wrong = [.. audit.Wrong, .. books] };
        var told = _told.Values.Order().ToList();
        return ids.Order().SequenceEqual(told)
            ? audit
            : audit with
            {
                Wrong =
                [
                    .. audit.Wrong,
                    $"{told.Count} alerts were told 2xx with {told.Distinct().Count()} ids; there are {ids.Count} rows.",
                ],
            };
    }

    // Protection goes on placing orders: what is compared is of one instant, in which none was made.
    private async Task<(List<Order> Rows, FakeLedger Ledger)> OrdersAndLedgerAsync(AppDb db)
    {
        while (true)
        {
            var rows = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
            var ledger = await Exchange.LedgerAsync();
            if (await db.Orders.CountAsync() == rows.Count)
            {
                return (rows, ledger);
            }
        }
    }

    // A stop that was just lost or filled is replaced within moments: what does not become true is wrong.
    private async Task<IReadOnlyList<string>> BooksAsync()
    {
        IReadOnlyList<string> wrong = [];
        try
        {
            await Until.True(async () => (wrong = await LookAsync()).Count == 0, Patience);
        }
        catch (TimeoutException)
        {
            // What is wrong then is the result.
        }

        return wrong;

        async Task<IReadOnlyList<string>> LookAsync()
        {
            await using var db = Open();
            var accounts = await db.ExchangeAccounts.ToDictionaryAsync(a => a.Id, a => a.Name);
            var ledger = await Exchange.LedgerAsync();
            return BooksAudit.Of(
                accounts,
                await db.Positions.AsNoTracking().ToListAsync(),
                await db.Orders.AsNoTracking().Where(o => o.SettledAt == null).ToListAsync(),
                await db.Alarms.AsNoTracking().ToListAsync(),
                ledger,
                Step
            );
        }
    }

    // However many there are: it has stopped when nothing ends any more.
    private async Task SettleAsync()
    {
        var (open, waiting) = (int.MaxValue, "");
        while (open > 0)
        {
            var before = open;
            await Until.True(
                async () =>
                {
                    (open, waiting) = await WaitingAsync();
                    return open == 0 || open < before;
                },
                Patience,
                () => $"{open} wait:\n{waiting}\n" + string.Concat(Apps.Select(a => a.Log[^Math.Min(a.Log.Length, 3_000)..]))
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in Apps)
        {
            app.Signal("CONT");
            await app.DisposeAsync();
        }

        await Exchange.DisposeAsync();
    }

    private AppProcess NewApp()
    {
        var app = new AppProcess { ["Exchanges:binance:BaseUrl"] = Exchange.Address, ["ConnectionStrings:Postgres"] = _postgres };
        foreach (var (key, value) in LiveApp.Shortened)
        {
            app[key] = value;
        }

        app["Execution:TimeToLive"] = "01:00:00"; // as long as it may be: what expires is rightly not sent
        app["Execution:Lease"] = "00:00:02";
        app["Execution:SendWithin"] = "00:00:01.500";
        app["Execution:DangerousFailpoint"] = $"@{FileOf(app)}";
        return app;
    }

    private static string FileOf(AppProcess app) => $"{app.DataDirectory}/failpoint";

    private async Task AddTraderAsync()
    {
        var key = await Exchange.CreateAccountAsync(new Dictionary<string, decimal> { ["USDT"] = 1_000_000_000 });
        var address = Apps[0].Address;
        var client = await ApiClient.SignUpAsync(address, $"{key.Account}@example.org");
        var account = await DoorsApp.PostAsync(
            client,
            "/api/accounts",
            new
            {
                name = key.Account,
                exchange = "binance",
                mode = "live",
                apiKey = key.Key,
                secret = key.Secret,
            }
        );
        (await client.GetAsync("/api/exchanges/binance/markets?search=BTC")).EnsureSuccessStatusCode();
        var webhook = await DoorsApp.PostAsync(
            client,
            "/api/webhooks",
            new
            {
                name = "Webhook",
                accountId = account.GetProperty("id").GetGuid(),
                auth = "hmac",
            }
        );
        _traders.Add((key, Sender.At(webhook, address, "hmac"), client));
    }

    private async Task<bool> TryAsync(ChaosAlert alert, AppProcess app)
    {
        try
        {
            var told = await _traders[alert.Trader].Door.At(app.Address).SendAsync(alert.Body).WaitAsync(AnswerWithin, TimeProvider.System);
            if ((int)told.Status is >= 200 and < 300)
            {
                var first = _told.GetOrAdd(alert, told.Id);
                return first == told.Id ? true : throw new InvalidOperationException($"{alert.Body} was told {first} and then {told.Id}.");
            }

            return (int)told.Status is >= 500 or 429 ? false : throw new InvalidOperationException($"{alert.Body} was answered {told}.");
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException or IOException)
        {
            return false;
        }
    }

    private async Task<(int Open, string Some)> WaitingAsync()
    {
        await using var db = Open();
        var signals = db.Signals.Where(s => s.DueAt != null);
        var orders = db.Orders.Where(o =>
            o.SettledAt == null
            && ((o.Status != OrderStatus.Open && o.Status != OrderStatus.PartiallyFilled) || o.CancelRequestedAt != null)
        );
        var some = await signals.Select(s => $"signal {s.Symbol} {s.Status}").Take(20).ToListAsync();
        some.AddRange(await orders.Select(o => $"{o.Leg}/{o.Generation} {o.Symbol} {o.Status} {o.Code} {o.Reason}").Take(20).ToListAsync());
        return (await signals.CountAsync() + await orders.CountAsync(), string.Join('\n', some));
    }
}
