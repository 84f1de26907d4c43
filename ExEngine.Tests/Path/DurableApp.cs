using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Tests.Support;

namespace ExEngine.Tests.Path;

/// <summary>A process that takes alerts as fast as they come, and the sender of them.</summary>
internal static class DurableApp
{
    public static string Alert(int i) => $$"""{"symbol":"BTC/USDT","action":"buy","trade_quantity":"0.001","id":"alert-{{i}}"}""";

    public static async Task<AppProcess> StartAsync(string database, Action<AppProcess>? settings = null)
    {
        var app = new AppProcess
        {
            ["RateLimits:Webhook:Permits"] = "10000",
            ["RateLimits:Webhook:WindowSeconds"] = "1",

            // A busy machine may rightly ask a sender to come again; what is asked here is what 2xx means.
            ["Webhooks:CommitTimeoutMilliseconds"] = "30000",
        };
        if (database == TwoDatabases.Postgres)
        {
            app["ConnectionStrings:Postgres"] = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        }

        settings?.Invoke(app);
        await app.StartAsync();
        return app;
    }

    public static async Task<(HttpClient Trader, Sender Door)> DoorAsync(AppProcess app, string auth = "hmac", HttpClient? trader = null)
    {
        trader ??= await ApiClient.SignUpAsync(app.Address);
        return (trader, Sender.At(await DoorsApp.WebhookAsync(trader, auth), app.Address, auth));
    }

    public static async Task<List<Guid>> SignalIdsAsync(HttpClient trader)
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
}
