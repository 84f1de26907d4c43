using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Payloads.Presets;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

/// <summary>The lines that the page offers, run by a real shell against the real door.</summary>
[NeedsServer]
public sealed class TryLinesTests(DoorsApp app)
{
    [Theory]
    [InlineData("standard")]
    [InlineData("hmac")]
    [InlineData("secret")]
    public async Task CurlLineAndShellScript_AreAccepted(string auth)
    {
        var created = await DoorsApp.WebhookAsync(await app.SignUpAsync(), auth);
        var (url, secret) = (created.GetProperty("url").GetString()!, created.GetProperty("secret").GetString()!);
        var mode = Enum.Parse<WebhookAuthMode>(auth, ignoreCase: true);
        var now = app.Get<TimeProvider>().GetUtcNow();

        var first = Body("first", mode, secret, now);
        var curl = WebhookSamples.Curl(url, WebhookSamples.Headers(mode, secret, "first", now.ToUnixTimeSeconds(), first), first);
        var shell = WebhookSamples.Shell(mode, url, secret, Body("second", mode, secret, now));

        (await RunAsync(curl)).ShouldContain("\"status\":\"accepted\"");
        (await RunAsync(curl)).ShouldContain("\"status\":\"duplicate\"");
        (await RunAsync(shell)).ShouldContain("\"status\":\"accepted\"");
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("hmac")]
    [InlineData("secret")]
    public async Task TestAlert_GoesThroughTheRealDoorAndIsMarked(string auth)
    {
        var client = await app.SignUpAsync();
        var id = (await DoorsApp.WebhookAsync(client, auth)).GetProperty("id").GetString();

        var test = await DoorsApp.PostAsync(client, $"/api/webhooks/{id}/test", null);

        test.GetProperty("status").GetInt32().ShouldBe(202, test.ToString());
        test.GetProperty("request").GetString()!.ShouldContain("\"test\":true");
        var webhook = await client.GetFromJsonAsync<JsonElement>($"/api/webhooks/{id}");
        webhook.GetProperty("today").GetProperty("accepted").GetInt32().ShouldBe(1);
        webhook.TryGetProperty("lastReceivedAt", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task TestOfADoorWithAnAddressList_IsLetInAndNobodyElseIs()
    {
        var client = await app.SignUpAsync();
        var webhook = await DoorsApp.WebhookAsync(client, "secret", new { sender = "tradingView" });
        using var stranger = new HttpRequestMessage(HttpMethod.Post, webhook.GetProperty("url").GetString());
        stranger.Content = new StringContent("buy BTC/USDT 0.001");
        stranger.Headers.Add("X-ExEngine-Test", new string('0', 64));

        var test = await DoorsApp.PostAsync(client, $"/api/webhooks/{webhook.GetProperty("id")}/test", null);
        using var outsider = new HttpClient();
        var turnedAway = await outsider.SendAsync(stranger);

        test.GetProperty("status").GetInt32().ShouldBe(202, test.ToString());
        turnedAway.StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task TestAlertInPlainText_IsStoredAsATest()
    {
        var client = await app.SignUpAsync();
        var webhook = await DoorsApp.WebhookAsync(client, "secret", new { preset = "text", execute = true });

        var test = await DoorsApp.PostAsync(client, $"/api/webhooks/{webhook.GetProperty("id")}/test", null);

        test.GetProperty("status").GetInt32().ShouldBe(202, test.ToString());
        var signals = await client.GetFromJsonAsync<JsonElement>($"/api/signals?webhookId={webhook.GetProperty("id")}");
        var id = signals.GetProperty("items")[0].GetProperty("id").GetString();
        (await client.GetFromJsonAsync<JsonElement>($"/api/signals/{id}")).GetProperty("isTest").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task WhileRotating_EitherUrlOpensWithEitherSecret()
    {
        var client = await app.SignUpAsync();
        var former = await DoorsApp.WebhookAsync(client, "hmac");
        var id = former.GetProperty("id").GetString();
        var present = await DoorsApp.PostAsync(client, $"/api/webhooks/{id}/rotate", null);
        var pairs = new[] { former, present }
            .Select(w => (Url: w.GetProperty("url").GetString()!, Secret: w.GetProperty("secret").GetString()!))
            .ToList();

        foreach (var (url, i) in pairs.Select((p, i) => (p.Url, i)))
        {
            foreach (var (secret, j) in pairs.Select((p, j) => (p.Secret, j)))
            {
                (await SendAsync(url, secret, $"rotating-{i}{j}")).ShouldBe(202);
            }
        }

        await DoorsApp.PostAsync(client, $"/api/webhooks/{id}/rotate/end", null);

        (await SendAsync(pairs[0].Url, pairs[1].Secret, "after-1")).ShouldBe(401);
        (await SendAsync(pairs[1].Url, pairs[0].Secret, "after-2")).ShouldBe(401);
        (await SendAsync(pairs[1].Url, pairs[1].Secret, "after-3")).ShouldBe(202);
    }

    private async Task<int> SendAsync(string url, string secret, string id)
    {
        var now = app.Get<TimeProvider>().GetUtcNow();
        var body = Body(id, WebhookAuthMode.Hmac, secret, now);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body) };
        foreach (var (name, value) in WebhookSamples.Headers(WebhookAuthMode.Hmac, secret, id, now.ToUnixTimeSeconds(), body))
        {
            request.Headers.Add(name, value);
        }

        return (int)(await client.SendAsync(request)).StatusCode;
    }

    private static string Body(string id, WebhookAuthMode mode, string secret, DateTimeOffset now) =>
        Preset
            .For("native", null)
            .Sample(new SampleAlert(SampleOrder.Usual, id, now.UtcDateTime, mode == WebhookAuthMode.Secret ? secret : null, Test: false));

    private static async Task<string> RunAsync(string line)
    {
        using var bash = Process.Start(
            new ProcessStartInfo("bash", ["-c", line]) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var output = await bash.StandardOutput.ReadToEndAsync() + await bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return output;
    }
}
