using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Payloads;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using ExEngine.Tests.Webhooks.Signals;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExEngine.Tests.Webhooks.Intake;

/// <summary>
/// What <c>eng/bench/steps.sh</c> runs: each step of an alert alone, on one thread, with the bytes that it allocates; then the whole path
/// from the body that was read to the answer, with many alerts at a time. What a step costs alone says where to look; a busy machine
/// stretches it less than a rate, because the best of many rounds counts.
/// </summary>
internal static class IntakeSteps
{
    private const int Rounds = 40;
    private const int OfARound = 2_000;
    private const int Senders = 128;
    private const string Line = "{0,-44} {1,8} {2,10}";

    public static async Task<int> RunAsync()
    {
        await using var app = new AppFactory
        {
            ["RateLimits:Webhook:Permits"] = "10000",
            ["RateLimits:Webhook:WindowSeconds"] = "1",
            ["Caps:AlertsPerUserPerDay"] = "0",
        };
        var (token, secret) = await WebhookAsync(app);
        var webhook = (await app.Get<WebhookCache>().FindAsync(token, default))!;
        var markets = await app.Get<MarketCatalog>().FindAsync(webhook.Exchange, default);
        var bodies = Enumerable.Range(0, OfARound).Select(Body).ToArray();
        var credentials = Array.ConvertAll(bodies, b => Credentials(secret, b));
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;

        Console.WriteLine(Line, "step, one thread, best of 40 rounds", "µs", "bytes");
        Step("signature", i => WebhookAuth.Check(webhook, credentials[i], bodies[i], now, TimeSpan.FromMinutes(5)));
        Step("secrets cut out of the body", i => SecretFields.Redact(bodies[i], webhook.Secrets));
        Step("body read as an order", i => SignalParser.Parse(bodies[i], webhook.Rules));
        var reading = SignalParser.Parse(bodies[0], webhook.Rules);
        Step("order checked against the market", _ => PrecheckResult.Of(reading, webhook.Rules, markets, now));
        var findings = PrecheckResult.Of(reading, webhook.Rules, markets, now);
        Step("what was found, as JSON", _ => SignalDetailJson.Write(findings.Detail));
        await StoresAsync(findings);
        foreach (var senders in (int[])[1, Senders])
        {
            await WholeAsync(app, token, secret, senders);
        }

        return 0;
    }

    private static void Step<T>(string name, Func<int, T> act)
    {
        var best = double.MaxValue;
        var bytes = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var (began, before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
            for (var i = 0; i < OfARound; i++)
            {
                act(i);
            }

            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalMicroseconds / OfARound);
        }

        Print(name, best, bytes / (double)OfARound);
    }

    // With the flush to disk: what a batch waits for.
    private static async Task StoresAsync(PrecheckResult findings)
    {
        var detail = SignalDetailJson.Write(findings.Detail);
        var payload = Encoding.UTF8.GetString(Body(0));
        var writes = new Writes(new SequentialIds(TimeProvider.System));
        await using var databases = new TwoDatabases();
        var sqlite = await databases.OnAsync(TwoDatabases.Sqlite);
        using (var store = new SqliteSignalStore(sqlite.Get<IDbContextFactory<SqliteDb>>()))
        {
            Store("SQLite", store);
        }

        var postgres = await databases.OnAsync(TwoDatabases.Postgres);
        using (var store = new PostgresSignalStore(postgres.Get<NpgsqlDataSource>(), timeoutSeconds: 10))
        {
            Store("PostgreSQL", store);
        }

        void Store(string name, SignalStore store)
        {
            foreach (var rows in (int[])[1, 16, 64])
            {
                var best = double.MaxValue;
                var bytes = 0L;
                for (var round = 0; round < Rounds; round++)
                {
                    var batch = Enumerable
                        .Range(0, rows)
                        .Select(i =>
                            writes.New(
                                string.Create(CultureInfo.InvariantCulture, $"id:{name}-{rows}-{round}-{i}"),
                                change: r => (r.Payload, r.Detail) = (payload, detail)
                            )
                        )
                        .ToList();
                    var (began, before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
                    store.Write(batch, null, DateTime.UnixEpoch);
                    bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                    best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalMicroseconds / rows);
                }

                Print($"{name}, a row of a commit of {rows}", best, bytes / (double)rows);
            }
        }
    }

    /// <summary>From the body to the answer, on SQLite: processor µs and bytes of the whole process.</summary>
    private static async Task WholeAsync(AppFactory app, string token, string secret, int senders)
    {
        var intake = app.Get<SignalIntake>();
        using var process = Process.GetCurrentProcess();
        var (best, bytes) = (double.MaxValue, double.MaxValue);
        var sent = 0;
        for (var round = 0; round < 6; round++)
        {
            var alerts = senders == 1 ? OfARound / 4 : OfARound;
            var bodies = Enumerable.Range(0, alerts).Select(i => Body((senders * 1_000_000) + (round * OfARound) + i)).ToArray();
            var credentials = Array.ConvertAll(bodies, b => Credentials(secret, b));
            process.Refresh();
            var (cpu, before) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(precise: true));
            var next = -1;
            var outcomes = await Task.WhenAll(
                Enumerable.Range(0, senders).Select(_ => Task.Run(() => SendAsync(() => Interlocked.Increment(ref next))))
            );
            sent += outcomes.Sum();
            process.Refresh();
            bytes = Math.Min(bytes, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)alerts);
            best = Math.Min(best, (process.TotalProcessorTime - cpu).TotalMicroseconds / alerts);

            async Task<int> SendAsync(Func<int> take)
            {
                var accepted = 0;
                for (var i = take(); i < bodies.Length; i = take())
                {
                    var time = TimeProvider.System;
                    var request = new IntakeRequest(
                        token,
                        bodies[i],
                        credentials[i],
                        "bench",
                        time.GetUtcNow().UtcDateTime,
                        time.GetTimestamp()
                    );
                    accepted += (await intake.ReceiveAsync(request, default)).Outcome == IntakeOutcome.Accepted ? 1 : 0;
                }

                return accepted;
            }
        }

        Print($"whole, SQLite, {senders} at a time, best of 6 ({sent} accepted)", best, bytes);
    }

    private static void Print(string name, double microseconds, double bytes) =>
        Console.WriteLine(
            Line,
            name,
            microseconds.ToString("F1", CultureInfo.InvariantCulture),
            bytes.ToString("F0", CultureInfo.InvariantCulture)
        );

    private static byte[] Body(int i) =>
        Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"symbol":"BTC/USDT","action":"buy","order_type":"limit","trade_price":"{{50000 + (i % 20000)}}.10","trade_quantity":"0.001","id":"{{i}}"}"""
            )
        );

    private static WebhookCredentials Credentials(string secret, byte[] body) =>
        new(
            IPAddress.Loopback,
            null,
            null,
            null,
            null,
            Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))
        );

    private static async Task<(string Token, string Secret)> WebhookAsync(AppFactory app)
    {
        using var client = await ApiClient.SignUpAsync(app.Address);
        var webhook = await DoorsApp.WebhookAsync(
            client,
            "hmac",
            new
            {
                sender = "other",
                preset = "native",
                execute = false,
            }
        );
        return (new Uri(webhook.GetProperty("url").GetString()!).Segments[^1], webhook.GetProperty("secret").GetString()!);
    }
}
