using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ExEngine.Core.Data;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Payloads.Presets;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

/// <summary>What a webhook's page offers to send first, as it is and as TradingView fills it in: each becomes a filled order.</summary>
[NeedsServer]
public sealed class FirstAlertTests(FirstAlertTests.TradingApp app) : IClassFixture<FirstAlertTests.TradingApp>
{
    public static TheoryData<string> Presets => [.. Preset.Ids];

    [Theory, MemberData(nameof(Presets))]
    public async Task ShownMessages_AreFilledOnPaperWhateverTheChartsPriceIs(string id)
    {
        var client = await ApiClient.SignUpAsync(app.Address, $"{Guid.NewGuid():N}@example.org");
        var map = new
        {
            symbol = "$.symbol",
            action = "$.action",
            quantity = "$.quantity",
            seenPrice = "$.price",
        };
        var created = await DoorsApp.WebhookAsync(
            client,
            "secret",
            new
            {
                sender = "tradingView",
                preset = id,
                map,
            }
        );
        var (url, secret) = (created.GetProperty("url").GetString()!, created.GetProperty("secret").GetString()!);
        var (words, sample) = await WordsAsync(created.GetProperty("id").GetGuid());
        var messages = new List<string>
        {
            words.Sample(new SampleAlert(sample, null, null, secret, Test: false)),
            Filled(words.Strategy(secret), "BTCUSDT", "60000.105", "0.0015"),
            Filled(words.Strategy(secret), "SHIBUSDT", "0.00001234", "1234567"),
            Filled(words.Indicator(secret, sample), "BTCUSDT", "60000.105", ""),
        };
        if (words is not CustomPreset)
        {
            messages.Add(Filled(words.Indicator(secret, sample), "SHIBUSDT", "0.00001234", ""));
        }

        foreach (var message in messages)
        {
            using var sender = new HttpClient();
            var answer = await sender.PostAsync(url, new StringContent(message, Encoding.UTF8));
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, message + await answer.Content.ReadAsStringAsync());
        }

        await Until.True(async () => (await ItemsAsync("orders?status=filled")).Count == messages.Count, otherwise: SignalsAsText);

        async Task<List<JsonElement>> ItemsAsync(string path) =>
            [.. (await client.GetFromJsonAsync<JsonElement>("/api/" + path)).GetProperty("items").EnumerateArray()];

        string SignalsAsText() => string.Join('\n', ItemsAsync("signals").GetAwaiter().GetResult());
    }

    public sealed class TradingApp : AppFactory
    {
        public TradingApp()
        {
            this["Execution:Enabled"] = "true";
            this["Gateway:Enabled"] = "false";
            this["Users:HashMemoryKib"] = "1024";
            this["RateLimits:Auth:PermitsPerIp"] = "10000";
            this["RateLimits:Webhook:Permits"] = "1000";

            // The first commit of a process is its slowest.
            this["Webhooks:CommitTimeoutMilliseconds"] = "30000";
        }
    }

    private async Task<(Preset Words, SampleOrder Sample)> WordsAsync(Guid id)
    {
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var webhook = await db.Webhooks.SingleAsync(w => w.Id == id);
        return (Preset.For(webhook.Preset, webhook.Map), await app.Get<SampleOrders>().ForAsync(webhook, CancellationToken.None));
    }

    private string Filled(string message, string ticker, string close, string contracts)
    {
        var values = new Dictionary<string, string>
        {
            ["ticker"] = ticker,
            ["exchange"] = "BINANCE",
            ["close"] = close,
            ["interval"] = "60",
            ["timenow"] = app.Get<TimeProvider>().GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null),
            ["strategy.order.action"] = "buy",
            ["strategy.order.comment"] = message.Contains("code", StringComparison.Ordinal) ? "ENTER-LONG" : "enter_long",
            ["strategy.order.contracts"] = contracts,
            ["strategy.order.id"] = "Long",
            ["strategy.market_position"] = "long",
            ["strategy.market_position_size"] = contracts,
            ["strategy.prev_market_position"] = "flat",
            ["strategy.prev_market_position_size"] = "0",
        };
        return Regex.Replace(message, "{{(.*?)}}", m => values[m.Groups[1].Value]);
    }
}
