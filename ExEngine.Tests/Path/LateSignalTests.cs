using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

[NeedsServer]
public sealed class LateSignalTests
{
    [Fact]
    public async Task SignalThatNobodyTradedInTime_GoesStaleInsteadOfTradingLate()
    {
        await using var app = new AppProcess();
        app["Users:HashMemoryKib"] = "1024";
        app["Execution:TimeToLive"] = "00:00:01";
        app["Execution:Enabled"] = "false";
        await app.StartAsync();
        var trader = await ApiClient.SignUpAsync(app.Address, "late@example.org");
        var webhook = await DoorsApp.WebhookAsync(trader, "hmac");
        var sent = await Sender
            .At(webhook, app.Address, "hmac")
            .SendAsync("""{"symbol":"BTC/USDT","action":"buy","order_type":"market","trade_quantity":"0.001","id":"one"}""");
        sent.Status.ShouldBe(HttpStatusCode.Accepted);
        await app.StopAsync();

        app["Execution:Enabled"] = "true";
        await app.StartAsync();
        JsonElement signal = default;
        await Until.True(async () =>
        {
            signal = (await trader.GetFromJsonAsync<JsonElement>("/api/signals")).GetProperty("items")[0];
            return signal.GetProperty("status").GetString() != "accepted";
        });

        signal.GetProperty("status").GetString().ShouldBe("stale");
        signal.GetProperty("code").GetString().ShouldBe("expired");
        (await trader.GetFromJsonAsync<JsonElement>("/api/orders")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }
}
