using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExEngine.Tests.Support;
using ExEngine.Tests.Webhooks.Payloads;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

/// <summary>
/// A flood of signed alerts with mistakes, and of requests of any kind over every route, against the real process: no answer of 500, and
/// memory that does not follow the count. <c>EXENGINE_FUZZ=100000</c> (see <c>eng/fuzz.sh</c>) sends that many alerts, and a fifth as many
/// requests; without it 1,000.
/// </summary>
[NeedsServer]
public sealed class FuzzFloodTests
{
    private const int Seed = 20_261_128;
    private const int AtOnce = 8;

    // What the process may grow by after a first tenth, in kB. Of a short flood that tenth is still the start, when code is compiled and
    // caches fill; a leak shows in a long one.
    private static long MayGrow => Alerts < 10_000 ? 250_000 : 120_000;

    private static readonly int Alerts = int.Parse(
        Environment.GetEnvironmentVariable("EXENGINE_FUZZ") ?? "1000",
        CultureInfo.InvariantCulture
    );

    [Fact]
    public async Task AlertsWithMistakes_AreAnsweredAndTakeNoMemory()
    {
        await using var app = await DurableApp.StartAsync(TwoDatabases.Sqlite, Unlimited);
        var (trader, door) = await DurableApp.DoorAsync(app);
        using var _ = trader;

        await FloodAsync(
            app,
            Alerts,
            async (random, _) =>
            {
                var told = await door.SendAsync(SignalFuzzTests.Next(random));
                return (told.Status, told.Body);
            }
        );
    }

    [Fact]
    public async Task RequestsOfAnyKind_AreAnsweredAndTakeNoMemory()
    {
        await using var app = await DurableApp.StartAsync(TwoDatabases.Sqlite, Unlimited);
        using var trader = await ApiClient.SignUpAsync(app.Address);
        using var stranger = new HttpClient { BaseAddress = app.Address };
        var document = await trader.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var routes = document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(m => (Path: p.Name, Method: m.Name.ToUpperInvariant(), Operation: m.Value)))
            // Signing out would end the session that asks.
            .Where(r => !r.Path.StartsWith("/api/auth", StringComparison.Ordinal) && r.Method is "GET" or "POST" or "PUT" or "DELETE")
            .ToList();

        await FloodAsync(
            app,
            Alerts / 5,
            async (random, i) =>
            {
                var (path, method, operation) = routes[random.Next(routes.Count)];
                using var request = new HttpRequestMessage(new HttpMethod(method), Filled(path, operation, random));
                if (method is "POST" or "PUT")
                {
                    request.Content = new StringContent(SignalFuzzTests.Next(random), Encoding.UTF8, "application/json");
                }

                using var answer = await (i % 4 == 0 ? stranger : trader).SendAsync(request);
                return (answer.StatusCode, $"{method} {request.RequestUri} {await answer.Content.ReadAsStringAsync()}");
            }
        );
    }

    private static void Unlimited(AppProcess app)
    {
        app["RateLimits:Auth:PermitsPerIp"] = "10000";
        app["Caps:AlertsPerUserPerDay"] = "0";
        app["Caps:AlertBytesPerUserPerDay"] = "0";
        app["Gateway:Enabled"] = "false";
    }

    private static async Task FloodAsync(AppProcess app, int count, Func<Random, int, Task<(HttpStatusCode Status, string Said)>> send)
    {
        var broken = new ConcurrentQueue<string>();
        var (warm, done, first) = (count / 10, 0, 0L);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (i, _) =>
            {
                var (status, said) = await send(new Random(Seed + i), i);
                if (status is HttpStatusCode.InternalServerError or HttpStatusCode.NotImplemented)
                {
                    broken.Enqueue($"{i}: {said[..Math.Min(said.Length, 300)]}");
                }

                if (Interlocked.Increment(ref done) == warm)
                {
                    first = Resident(app);
                }
            }
        );

        broken.ShouldBeEmpty();
        var last = Resident(app);
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} sent; {first / 1024} MB after a tenth, {last / 1024} MB at the end");
        (last - first).ShouldBeLessThan(MayGrow);
        app.HasExited.ShouldBeFalse();
    }

    private static string Filled(string path, JsonElement operation, Random random)
    {
        var parts = path.Split('/').Select(part => part.StartsWith('{') ? Uri.EscapeDataString(Value(random)) : part);
        var query = operation.TryGetProperty("parameters", out var all)
            ? all.EnumerateArray()
                .Where(p => p.GetProperty("in").GetString() == "query" && random.Next(2) == 0)
                .Select(p => $"{p.GetProperty("name").GetString()}={Uri.EscapeDataString(Value(random))}")
            : [];
        return $"{string.Join('/', parts)}?{string.Join('&', query)}";
    }

    private static string Value(Random random) =>
        random.Next(4) switch
        {
            0 => new Guid(random.Next(), 0, 0, new byte[8]).ToString(),
            1 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
            2 => "2026-11-28T00:00:00Z",
            _ => SignalFuzzTests.Next(random) is var text ? text[..Math.Min(text.Length, 40)] : "",
        };

    // In kB.
    private static long Resident(AppProcess app)
    {
        var line = File.ReadLines($"/proc/{app.Id}/status").Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(string.Concat(line.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture);
    }
}
