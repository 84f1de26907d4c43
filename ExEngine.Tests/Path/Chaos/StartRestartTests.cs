using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Chaos;

/// <summary>A deal that began by a close, while the server dies: it asks for candles again, and one close never opens two.</summary>
[NeedsServer]
public sealed class StartRestartTests
{
    private const string Symbol = "M1USDT";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task KilledAfterAClose_OpensNoOtherDealForIt()
    {
        await using var run = await ChaosRun.StartAsync(TwoDatabases.Sqlite, traders: 1);
        var (app, client) = (run.Apps[0], run.ClientOf(0));
        await run.Exchange.SetCandlesAsync(
            Symbol,
            [
                .. Enumerable
                    .Range(1, 20)
                    .Reverse()
                    .Select(d => new FakeClose(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-d), d == 1 ? 95 : 100)),
            ]
        );
        await using var db = run.Open();
        var bot = await DoorsApp.PostAsync(
            client,
            "/api/bots",
            new
            {
                kind = "dca",
                name = "Dips",
                accountId = await db.ExchangeAccounts.Select(a => a.Id).SingleAsync(),
                symbol = "M1/USDT",
                settings = new
                {
                    baseOrder = "100",
                    takeProfit = new { percent = "2" },
                    start = "conditions",
                    conditions = new[]
                    {
                        new[]
                        {
                            new
                            {
                                kind = "change",
                                candle = "1d",
                                level = "-1",
                            },
                        },
                    },
                },
            }
        );
        var address = $"/api/bots/{bot.GetProperty("id").GetGuid()}";
        run.Arm("bot.afterCommit");
        (await client.PostAsync($"{address}/start", null)).EnsureSuccessStatusCode();
        await Until.True(() => app.HasExited, Patience);
        await app.WaitForExitAsync();

        await app.StartAsync();
        await Until.True(async () => await DealAsync() == "bought", Patience);
        await run.Exchange.SetPriceAsync(Symbol, 102.5m);
        await Until.True(async () => await DealAsync() == "completed", Patience);

        await app.KillAsync();
        await app.StartAsync();
        await Until.True(async () => (await NextAsync()).StartsWith("the close that began", StringComparison.Ordinal), Patience);
        foreach (var price in (decimal[])[101, 100, 99])
        {
            await run.Exchange.SetPriceAsync(Symbol, price);
            await Until.True(async () => await PriceAsync() == price, Patience);
        }

        var ledger = await run.Exchange.LedgerAsync();
        ledger.Orders.Count(o => o.Symbol == Symbol && o.Side == "BUY").ShouldBe(1);

        async Task<string?> DealAsync() =>
            (await client.GetFromJsonAsync<JsonElement>($"{address}/deals")).GetProperty("items") is var items
            && items.GetArrayLength() == 1
                ? items[0].GetProperty("status").GetString()
                : null;

        async Task<string> NextAsync() =>
            (await client.GetFromJsonAsync<JsonElement>(address)).TryGetProperty("next", out var next) ? next.GetString() ?? "" : "";

        async Task<decimal?> PriceAsync() =>
            (await client.GetFromJsonAsync<JsonElement>(address)).TryGetProperty("price", out var price)
                ? decimal.Parse(price.GetString()!, CultureInfo.InvariantCulture)
                : null;
    }
}
