using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using ExEngine.Core.Data;
using ExEngine.Core.Engine.Bots;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Tests.Path.Bots;

/// <summary>
/// What <c>eng/bench/bots.sh</c> runs: grid and DCA bots on paper accounts of one process, on symbols of a fake Binance that all move every
/// second. Prints how long it takes from a price or a trade to the stored order of the bot that acts on it.
/// </summary>
internal static class BotBench
{
    private const int Symbols = 20;
    private const int BotsOfAnAccount = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="arguments">Bots of each kind, and the seconds that are measured.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var (each, seconds) = (
            int.Parse(arguments[0], CultureInfo.InvariantCulture),
            int.Parse(arguments[1], CultureInfo.InvariantCulture)
        );
        await using var exchange = await FakeExchangeProcess.StartAsync();
        foreach (var i in Enumerable.Range(0, Symbols))
        {
            await exchange.SetMarketAsync(new FakeMarket($"B{i}", "USDT", "0.01000000", "0.00010000"));
        }

        await using var app = App(exchange);
        var bots = await MakeAsync(app, each);
        await UntilRunningAsync(app, bots);

        var reactions = new ConcurrentQueue<long>();
        using var listener = Listen(reactions);
        using var process = Process.GetCurrentProcess();
        var quiet = await DriveAsync(exchange, reactions, process, seconds, TouchingSome);
        var all = await DriveAsync(exchange, reactions, process, Math.Max(4, seconds / 5), TouchingAll);
        process.Refresh();
        Print(2 * each, "every second", quiet, process);
        Print(2 * each, "all at once", all, process);
        return 0;
    }

    private static AppFactory App(FakeExchangeProcess exchange) =>
        new()
        {
            ["Exchanges:binance:BaseUrl"] = exchange.Address,
            ["Execution:Enabled"] = "true",
            ["Users:HashMemoryKib"] = "1024",
            ["Caps:BotsPerUser"] = "0",
            ["RateLimits:Auth:PermitsPerIp"] = "10000",
        };

    // A price moves by more than a half of a line: about every fifth bot acts, some of them each second.
    private static decimal TouchingSome(int second, int symbol) => 100 + (0.6m * (((second + symbol) % 5) - 2));

    // Every grid crosses a line, and every ladder has a safety order filled or its target reached.
    private static decimal TouchingAll(int second, int symbol) => second % 2 == 0 ? 97m : 103m;

    private static async Task<IReadOnlyList<Guid>> MakeAsync(AppFactory app, int each)
    {
        using var client = await ApiClient.SignUpAsync(app.Address);
        (await client.GetAsync("/api/exchanges/binance/markets?search=BTC")).EnsureSuccessStatusCode();
        var made = new List<Guid>();
        var account = "";
        for (var i = 0; i < 2 * each; i++)
        {
            if (i % BotsOfAnAccount == 0)
            {
                account = await AccountAsync(client, i);
            }

            var bot = await DoorsApp.PostAsync(
                client,
                "/api/bots",
                new
                {
                    kind = i % 2 == 0 ? "grid" : "dca",
                    name = $"Bot {i}",
                    accountId = account,
                    symbol = $"B{i / 2 % Symbols}/USDT",
                    settings = i % 2 == 0 ? Grid(i) : Dca(i),
                }
            );
            made.Add(bot.GetProperty("id").GetGuid());
            await DoorsApp.PostAsync(client, $"/api/bots/{made[^1]}/start", null);
        }

        return made;
    }

    private static async Task<string> AccountAsync(HttpClient client, int number)
    {
        var account = await DoorsApp.PostAsync(
            client,
            "/api/accounts",
            new
            {
                name = $"Paper {number}",
                exchange = "binance",
                mode = "paper",
                paperBalances = new Dictionary<string, string> { ["USDT"] = "10000000" },
            }
        );
        return account.GetProperty("id").GetString()!;
    }

    // Lines of each bot lie elsewhere, so that a small move is one bot's business.
    private static object Grid(int i) =>
        new
        {
            lower = (90m + (i % 97 * 0.01m)).ToString(CultureInfo.InvariantCulture),
            upper = (110m + (i % 97 * 0.01m)).ToString(CultureInfo.InvariantCulture),
            grids = 10,
            investment = "1000",
        };

    private static object Dca(int i) =>
        new
        {
            baseOrder = "100",
            safetyOrder = "100",
            maxSafetyOrders = 3,
            activeSafetyOrders = 2,
            deviation = (1m + (i % 97 * 0.01m)).ToString(CultureInfo.InvariantCulture),
            takeProfit = new { percent = (1m + (i % 89 * 0.01m)).ToString(CultureInfo.InvariantCulture) },
        };

    private static Task UntilRunningAsync(AppFactory app, IReadOnlyList<Guid> bots) =>
        Until.True(
            async () =>
            {
                await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
                return await db.Bots.CountAsync(b => !b.HasRequests && b.State != null) == bots.Count
                    && await db.Positions.CountAsync(p => p.Quantity > 0) == bots.Count;
            },
            Patience
        );

    private static MeterListener Listen(ConcurrentQueue<long> reactions)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == BotMeter.Reaction)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => reactions.Enqueue(value));
        listener.Start();
        return listener;
    }

    private static async Task<Figures> DriveAsync(
        FakeExchangeProcess exchange,
        ConcurrentQueue<long> reactions,
        Process process,
        int seconds,
        Func<int, int, decimal> priceAt
    )
    {
        reactions.Clear();
        process.Refresh();
        var (watch, cpu) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        for (var second = 0; second < seconds && await timer.WaitForNextTickAsync(); second++)
        {
            for (var symbol = 0; symbol < Symbols; symbol++)
            {
                await exchange.SetPriceAsync($"B{symbol}USDT", priceAt(second, symbol));
            }
        }

        process.Refresh();
        return new([.. reactions.Order()], (process.TotalProcessorTime - cpu) / watch.Elapsed);
    }

    private static void Print(int bots, string what, Figures figures, Process process) =>
        Console.WriteLine(
            string.Join(
                ' ',
                Text(bots).PadLeft(6),
                what.PadRight(14),
                Text(figures.Microseconds.Length).PadLeft(8),
                Text(figures.At(0.5) / 1000m).PadLeft(9),
                Text(figures.At(0.99) / 1000m).PadLeft(9),
                Text((decimal)figures.Cores * 100).PadLeft(7),
                Text(process.WorkingSet64 / 1_000_000).PadLeft(8)
            )
        );

    private static string Text(decimal figure) => figure.ToString("0.#", CultureInfo.InvariantCulture);

    /// <param name="Microseconds">In rising order.</param>
    /// <param name="Cores">That the process kept busy.</param>
    private sealed record Figures(long[] Microseconds, double Cores)
    {
        public long At(double share) =>
            Microseconds.Length == 0 ? 0 : Microseconds[Math.Min(Microseconds.Length - 1, (int)(Microseconds.Length * share))];
    }
}
