using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Tests.Support;

namespace ExEngine.Tests.Api.Bots;

/// <summary>Backtests over REST.</summary>
internal static class BacktestApi
{
    public static async Task<string> AccountAsync(HttpClient client, string name = "bots")
    {
        var account = await ApiClient.SucceedAsync(
            await client.PostAsJsonAsync(
                "/api/accounts",
                new
                {
                    name,
                    exchange = "paper",
                    mode = "paper",
                }
            )
        );
        return account.GetProperty("id").GetString()!;
    }

    /// <summary>A grid around the simulated price of BTC, on a seed of its own.</summary>
    public static Dictionary<string, object> Grid(string account, object? data = null, int grids = 20) =>
        new()
        {
            ["name"] = "a grid",
            ["kind"] = "grid",
            ["accountId"] = account,
            ["symbol"] = "BTC/USDT",
            ["settings"] = new
            {
                lower = 20000,
                upper = 200000,
                grids,
                spacing = "geometric",
                investment = 10000,
            },
            ["data"] = data ?? Simulated("1h", "2026-10-01T00:00:00Z", "2026-10-15T00:00:00Z"),
        };

    public static object Simulated(string interval, string from, string to, int seed = 5) =>
        new
        {
            source = "simulated",
            interval,
            from,
            to,
            seed,
        };

    public static async Task<string> StartAsync(HttpClient client, object ask, string path = "/api/backtests") =>
        (await ApiClient.SucceedAsync(await client.PostAsJsonAsync(path, ask))).GetProperty("id").GetString()!;

    /// <summary>Waits until it is over.</summary>
    public static async Task<JsonElement> EndAsync(HttpClient client, string id, string path = "/api/backtests")
    {
        JsonElement view = default;
        await Until.True(
            async () =>
            {
                view = await client.GetFromJsonAsync<JsonElement>($"{path}/{id}");
                return view.GetProperty("state").GetString() is not ("queued" or "running");
            },
            TimeSpan.FromMinutes(1),
            () => view.ToString()
        );
        return view;
    }

    public static decimal Number(JsonElement item, string name) =>
        decimal.Parse(item.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
