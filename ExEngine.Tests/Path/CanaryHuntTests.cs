using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using ExEngine.Tests.Users;
using ExEngine.Tests.Webhooks.Payloads;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

/// <summary>
/// Secrets that nothing else looks like, put into every way in, at the most verbose log: afterwards they are in no file of the data folder,
/// no log, nothing that Redis ever wrote, no answer of REST and no page. Traces: <see cref="Telemetry.NoSecretInTracesTests"/>.
/// </summary>
[NeedsServer]
public sealed class CanaryHuntTests
{
    private readonly List<string> _canaries = [];

    // No secret: what shows that the hunt looks where alerts are kept and shown.
    private readonly string _harmless = $"remark-{Guid.NewGuid():N}";

    [Fact]
    public async Task SecretsOfEveryDoor_AreFoundNowhere()
    {
        Need.Node();
        await using var redis = await RedisServer.StartAsync();
        await using var exchange = await FakeExchangeProcess.StartAsync();
        await using var app = await DurableApp.StartAsync(
            TwoDatabases.Sqlite,
            app =>
            {
                app["Logs:Level"] = "Verbose";
                app["ConnectionStrings:Redis"] = redis.ConnectionString;
                app["Exchanges:binance:BaseUrl"] = exchange.Address;
                app["RateLimits:Auth:PermitsPerIp"] = "10000";
            }
        );
        var owner = new Visitor(app.Address);
        var password = Canary("password");
        (await owner.RegisterByApiAsync(password)).EnsureSuccessStatusCode();
        var answer = await owner.SignInByApiAsync(password);
        answer.EnsureSuccessStatusCode();
        owner.Carry(await Visitor.JsonOf(answer));
        _canaries.AddRange([owner.RefreshToken!, owner.Http.DefaultRequestHeaders.Authorization!.Parameter!]);

        await SignInBadlyAsync(app.Address, owner.Email);
        await StoreKeysAsync(owner.Http, exchange);
        await SendAlertsAsync(app, owner.Http);

        var shown = await EverythingShownAsync(app.Address, owner, password);
        await app.StopAsync();
        await redis.StopAsync();

        shown.Length.ShouldBeGreaterThan(20_000);
        shown.ShouldContain(_harmless);
        Files(app.DataDirectory).Any(file => Holds(file.Bytes, _harmless)).ShouldBeTrue();
        var places = Files(app.DataDirectory).Concat(Files(redis.DataDirectory)).Append(("the console", Encoding.UTF8.GetBytes(app.Log)));
        foreach (var (place, bytes) in places.Append(("what was shown", Encoding.UTF8.GetBytes(shown))))
        {
            foreach (var canary in _canaries)
            {
                Holds(bytes, canary).ShouldBeFalse($"{canary[..12]}… is in {place}");
            }
        }
    }

    private string Canary(string of)
    {
        var canary = $"{of}-Kn4ry{Guid.NewGuid():N}";
        _canaries.Add(canary);
        return canary;
    }

    private async Task SignInBadlyAsync(Uri address, string email)
    {
        using var stranger = new Visitor(address) { Email = email };
        await stranger.SignInByApiAsync(Canary("wrong-password"), Canary("code"), Canary("recovery"));
        await stranger.SignInByPageAsync(password: Canary("wrong-password"));
        await stranger.Http.PostAsJsonAsync("/api/auth/refresh", new { refreshToken = Canary("refresh") });
        await stranger.Http.GetAsync($"/account/reset?token={Canary("reset")}");
        await stranger.Http.GetAsync($"/no-such-page/{Canary("path")}?key={Canary("query")}");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/signals?cursor={Canary("cursor")}");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Canary("bearer")}");
        request.Headers.TryAddWithoutValidation("Cookie", $".AspNetCore.Identity.Application={Canary("cookie")}");
        request.Headers.TryAddWithoutValidation("Referer", $"{address}?secret={Canary("referer")}");
        (await stranger.Http.SendAsync(request)).IsSuccessStatusCode.ShouldBeFalse();
    }

    private async Task StoreKeysAsync(HttpClient owner, FakeExchangeProcess exchange)
    {
        var key = await exchange.CreateAccountAsync(new Dictionary<string, decimal> { ["USDT"] = 1000 });
        _canaries.AddRange([key.Key, key.Secret]);
        foreach (var (apiKey, secret) in new[] { (key.Key, key.Secret), (Canary("api-key"), Canary("api-secret")) })
        {
            var account = new
            {
                name = $"Account {apiKey.Length}",
                exchange = "binance",
                mode = "live",
                apiKey,
                secret,
            };
            var created = await owner.PostAsJsonAsync("/api/accounts", account);
            if (created.IsSuccessStatusCode)
            {
                var id = (string)(await Visitor.JsonOf(created))["id"]!;
                await owner.PostAsync($"/api/accounts/{id}/test", null);
                await owner.GetAsync($"/api/accounts/{id}/balances");
            }
        }

        await owner.PostAsJsonAsync(
            "/api/accounts",
            new
            {
                name = 7,
                exchange = "nowhere",
                secret = Canary("api-secret"),
            }
        );
    }

    private async Task SendAlertsAsync(AppProcess app, HttpClient owner)
    {
        foreach (var auth in new[] { "standard", "hmac", "secret", "url" })
        {
            var (_, door) = await DurableApp.DoorAsync(app, auth, owner);
            _canaries.Add(door.Url.Split('/')[^1]);
            if (auth != "url")
            {
                _canaries.Add(door.Secret.Replace("whsec_", "", StringComparison.Ordinal));
            }

            foreach (var message in FieldVariants.Messages)
            {
                await door.SendAsync(WithSecrets(message), change: AddHeaders);
            }

            var stranger = new Sender(door.Url, Canary("webhook-secret"), "secret");
            await stranger.SendAsync(DurableApp.Alert(1), change: AddHeaders);
            await new Sender($"{door.Url}?token={Canary("query")}", Canary("webhook-secret"), "secret").SendAsync(
                "{ broken",
                change: AddHeaders
            );
            await new Sender($"{door.Url}x{Canary("token")}", Canary("webhook-secret"), "secret").SendAsync(DurableApp.Alert(2));
        }
    }

    // As other platforms' templates carry them: fields, fields inside, a text inside a field, lines.
    private string WithSecrets(string message)
    {
        if (message.TrimStart() is not ['{', ..])
        {
            return $"{message}\nTOKEN={Canary("token")}\nAPI_KEY={Canary("api-key")}";
        }

        var json = JsonNode.Parse(message)!.AsObject();
        json["email_token"] = Canary("email-token");
        json["meta"] = new JsonObject
        {
            ["apiSecret"] = Canary("api-secret"),
            ["list"] = new JsonArray(new JsonObject { ["pwd"] = Canary("pwd") }),
        };
        json["note"] = _harmless;
        json["comment"] = $"sent with password={Canary("password")} by bot";
        return json.ToJsonString();
    }

    private void AddHeaders(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("X-Api-Key", Canary("header"));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Canary("bearer")}");
        request.Headers.TryAddWithoutValidation("Cookie", $"session={Canary("cookie")}");
    }

    private async Task<string> EverythingShownAsync(Uri address, Visitor owner, string password)
    {
        var shown = new StringBuilder();
        async Task ShowAsync(HttpClient client, string path) =>
            shown.AppendLine(await (await client.GetAsync(path)).Content.ReadAsStringAsync());

        // Sampled before anything is shown that must be: a create answers its URL and secret once.
        using var browser = new Visitor(address) { Email = owner.Email };
        await browser.SignInByPageAsync(password: password);
        var signals = await owner.Http.GetFromJsonAsync<JsonObject>("/api/signals?limit=500");
        var ids = signals!["items"]!.AsArray().Select(s => (string)s!["id"]!).ToList();
        ids.Count.ShouldBeGreaterThan(10);
        foreach (
            var path in new[]
            {
                "signals?limit=500",
                "signals/export",
                "webhooks",
                "accounts",
                "orders",
                "orders/export",
                "fills/export",
                "alarms",
                "auth/sessions",
                "risk",
            }
        )
        {
            await ShowAsync(owner.Http, $"/api/{path}");
        }

        foreach (var id in ids)
        {
            await ShowAsync(owner.Http, $"/api/signals/{id}");
        }

        foreach (
            var page in new[]
            {
                "",
                "signals",
                $"signals/{ids[0]}",
                $"signals/{ids[^1]}",
                "webhooks",
                "accounts",
                "account/sessions",
                "alarms",
            }
        )
        {
            await ShowAsync(browser.Http, $"/{page}");
        }

        return shown.ToString();
    }

    private static bool Holds(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private static IEnumerable<(string Place, byte[] Bytes)> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => (file, File.ReadAllBytes(file)));
}
