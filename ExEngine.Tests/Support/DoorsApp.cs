using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(DoorsApp))]

namespace ExEngine.Tests.Support;

/// <summary>One application on a SQLite file of its own, for tests that each bring their own users.</summary>
public sealed class DoorsApp : AppFactory
{
    public DoorsApp()
    {
        this["Users:HashIterations"] = "1000";
        this["RateLimits:Auth:PermitsPerIp"] = "10000";
        this["RateLimits:Webhook:Permits"] = "1000";

        // Made-up keys must not reach a real exchange, which would turn them down.
        foreach (var exchange in new[] { "binance", "bybit", "kraken", "kucoin", "okx" })
        {
            this[$"Exchanges:{exchange}:BaseUrl"] = "http://127.0.0.1:9";
        }
    }

    public Task<HttpClient> SignUpAsync() => ApiClient.SignUpAsync(Address, $"{Guid.NewGuid():N}@example.org");

    /// <summary>The JSON of a successful POST.</summary>
    public static async Task<JsonElement> PostAsync(HttpClient client, string path, object? body) =>
        await ApiClient.SucceedAsync(await client.PostAsJsonAsync(path, body));

    /// <returns>The id of a new paper account.</returns>
    public static async Task<string> PaperAccountAsync(HttpClient client, string name = "Paper one") => (
            await PostAsync(
                client,
                "/api/accounts",
                new
                {
                    name,
                    exchange = "paper",
                    mode = "paper",
                }
            )
        ).GetProperty("id").GetString()!;

    /// <summary>A new webhook on a paper account, as create answers it.</summary>
    public static async Task<JsonElement> WebhookAsync(HttpClient client, string auth = "hmac", object? more = null)
    {
        var account = await PaperAccountAsync(client, $"Paper {Guid.NewGuid():N}"[..30]);
        var body = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        body["name"] = $"Webhook {Guid.NewGuid():N}"[..30];
        body["accountId"] = account;
        body["auth"] = auth;
        return await PostAsync(client, "/api/webhooks", body);
    }
}
