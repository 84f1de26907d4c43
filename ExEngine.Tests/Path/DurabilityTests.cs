using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

/// <summary>Invariant I1 against the process itself: whoever was told 2xx has exactly one row, whatever happens then.</summary>
[NeedsServer]
public sealed class DurabilityTests
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    private static string Alert(int i) => $$"""{"symbol":"BTC/USDT","action":"buy","trade_quantity":"0.001","id":"alert-{{i}}"}""";

    [Theory, MemberData(nameof(Databases))]
    public async Task ProcessKilledUnderLoad_HasARowForEveryAlertThatItAccepted(string database)
    {
        await using var app = await StartAsync(database);
        var (trader, door) = await DoorAsync(app);
        var told = new ConcurrentDictionary<int, Guid>();
        var sent = 0;

        var senders = Enumerable.Range(0, 24).Select(_ => Task.Run(SendUntilItIsGoneAsync)).ToArray();
        await Until.True(() => told.Count >= 300);
        await app.KillAsync();
        await Task.WhenAll(senders);
        await app.StartAsync();

        // Sent again, each alert that was accepted is a duplicate of what it was then; all others are new or were stored unheard.
        var again = await Task.WhenAll(Enumerable.Range(1, sent).Select(async i => (Alert: i, Told: await door.SendAsync(Alert(i)))));
        foreach (var (alert, answer) in again)
        {
            if (told.TryGetValue(alert, out var id))
            {
                (answer.Status, answer.Word, answer.Id).ShouldBe((HttpStatusCode.OK, "duplicate", id), $"alert {alert}");
            }
            else
            {
                ((int)answer.Status).ShouldBeInRange(200, 202);
            }
        }

        (await SignalIdsAsync(trader)).ShouldBe(again.Select(a => a.Told.Id), ignoreOrder: true);

        async Task SendUntilItIsGoneAsync()
        {
            try
            {
                while (true)
                {
                    var alert = Interlocked.Increment(ref sent);
                    var answer = await door.SendAsync(Alert(alert));
                    answer.Status.ShouldBe(HttpStatusCode.Accepted);
                    told[alert] = answer.Id;
                }
            }
            catch (HttpRequestException)
            {
                // Killed.
            }
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task ProcessToldToStop_AnswersEveryRequestInFlightAndKeepsItsRow(string database)
    {
        await using var app = await StartAsync(database);
        var (trader, door) = await DoorAsync(app);
        var requests = Enumerable.Range(1, 40).Select(i => (Alert: i, Body: new GatedContent(Alert(i)))).ToArray();
        var answers = requests
            .Select(r =>
                door.SendAsync(
                    Alert(r.Alert),
                    change: request =>
                    {
                        r.Body.Headers.ContentType = request.Content!.Headers.ContentType;
                        request.Content = r.Body;
                        request.Headers.ExpectContinue = true;
                    }
                )
            )
            .ToArray();
        await Task.WhenAll(requests.Select(r => r.Body.Awaited)).WaitAsync(TimeSpan.FromSeconds(15), TimeProvider.System);

        app.Signal("TERM");
        await Until.True(() => IsClosedAsync(app.Address));
        foreach (var (_, body) in requests)
        {
            body.Open();
        }

        var told = await Task.WhenAll(answers);
        (await app.WaitForExitAsync()).ShouldBe(0);
        told.ShouldAllBe(t => t.Status == HttpStatusCode.Accepted);
        await app.StartAsync();
        (await SignalIdsAsync(trader)).ShouldBe(told.Select(t => t.Id), ignoreOrder: true);
        (await door.SendAsync(Alert(1))).Id.ShouldBe(told[0].Id);
    }

    [Fact]
    public async Task TokensSecretsAndSignatures_AreInNoLog()
    {
        await using var app = await StartAsync(TwoDatabases.Sqlite, app => app["Logs:Level"] = "Verbose");
        var secrets = new List<string>();
        var trader = await ApiClient.SignUpAsync(app.Address);
        secrets.Add(trader.DefaultRequestHeaders.Authorization!.Parameter!);
        foreach (var auth in new[] { "standard", "hmac", "secret" })
        {
            var (_, door) = await DoorAsync(app, auth, trader);
            secrets.AddRange([door.Url.Split('/')[^1], door.Secret, door.Secret.Replace("whsec_", "", StringComparison.Ordinal)]);
            void Note(HttpRequestMessage request) =>
                secrets.AddRange(
                    request
                        .Headers.Where(h => h.Key.Contains("signature", StringComparison.OrdinalIgnoreCase))
                        .SelectMany(h => h.Value)
                        .Select(v => v.Replace("v1,", "", StringComparison.Ordinal).Replace("sha256=", "", StringComparison.Ordinal))
                );

            await door.SendAsync(Alert(1), change: Note);
            await door.SendAsync("{\"secret\":\"" + door.Secret + "\",\"action\":\"" + door.Secret + "\"}", change: Note);
            await door.SendAsync(door.Secret + " \0 broken", change: Note);
            await new Sender(door.Url, "whsec_Z3Vlc3M=", auth).SendAsync("{\"secret\":\"my-wrong-guess\"}", change: Note);
            await new Sender(door.Url + "-not", door.Secret, auth).SendAsync(Alert(2), change: Note);
            await new Sender(door.Url + "?q=" + door.Secret, door.Secret, auth).SendAsync(new string('x', 70_000), change: Note);
        }

        await app.StopAsync();
        var log =
            app.Log
            + string.Concat(
                Directory
                    .EnumerateFiles(app.DataDirectory, "*", SearchOption.AllDirectories)
                    .Where(f => f.Contains("log", StringComparison.OrdinalIgnoreCase) && !f.Contains(".db", StringComparison.Ordinal))
                    .Select(File.ReadAllText)
            );

        log.Length.ShouldBeGreaterThan(200);
        foreach (var secret in secrets.Append("my-wrong-guess"))
        {
            log.ShouldNotContain(secret, Case.Sensitive);
        }
    }

    private static async Task<AppProcess> StartAsync(string database, Action<AppProcess>? settings = null)
    {
        var app = new AppProcess { ["RateLimits:Webhook:Permits"] = "10000", ["RateLimits:Webhook:WindowSeconds"] = "1" };
        if (database == TwoDatabases.Postgres)
        {
            app["ConnectionStrings:Postgres"] = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        }

        settings?.Invoke(app);
        await app.StartAsync();
        return app;
    }

    private static async Task<(HttpClient Trader, Sender ResolvedWebhook)> DoorAsync(
        AppProcess app,
        string auth = "hmac",
        HttpClient? trader = null
    )
    {
        trader ??= await ApiClient.SignUpAsync(app.Address);
        return (trader, Sender.At(await DoorsApp.WebhookAsync(trader, auth), app.Address, auth));
    }

    private static async Task<List<Guid>> SignalIdsAsync(HttpClient trader)
    {
        var (ids, cursor) = (new List<Guid>(), "");
        do
        {
            var page = await trader.GetFromJsonAsync<JsonElement>($"/api/signals?limit=500{cursor}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(s => s.GetProperty("id").GetGuid()));
            cursor =
                page.TryGetProperty("nextCursor", out var next) && next.ValueKind == JsonValueKind.String
                    ? $"&cursor={next.GetString()}"
                    : null;
        } while (cursor is not null);
        return ids;
    }

    private static async Task<bool> IsClosedAsync(Uri address)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>A body that the server has begun to wait for and that comes when the test says so.</summary>
    private sealed class GatedContent(string body) : HttpContent
    {
        private readonly byte[] _body = System.Text.Encoding.UTF8.GetBytes(body);
        private readonly TaskCompletionSource _awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when the server asked for the body: with <c>100 Continue</c>, out of the endpoint.</summary>
        public Task Awaited => _awaited.Task;

        public void Open() => _open.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            _awaited.TrySetResult();
            await _open.Task;
            await stream.WriteAsync(_body);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _body.Length;
            return true;
        }
    }
}
