using System.Net;
using System.Text;
using ExEngine.Tests.Path;
using ExEngine.Tests.Support;
using ExEngine.Web.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Telemetry;

[NeedsServer]
public sealed class NoSecretInTracesTests
{
    private static readonly string[] Expected = ["POST /hooks/{token}", "http.route", "EVAL", "INSERT INTO signals"];

    [Fact]
    public async Task AlertsOnEveryPath_AreTracedWithoutTokenSecretOrQuery()
    {
        using var collector = new OtlpReceiver();
        var postgres = await PostgresServer.SharedAsync();
        await using var redis = await RedisServer.StartAsync(appendOnly: false);
        await using var app = new AppFactory
        {
            ["ConnectionStrings:Postgres"] = await postgres.CreateDatabaseAsync(),
            ["ConnectionStrings:Redis"] = redis.ConnectionString,
            ["Users:HashMemoryKib"] = "1024",
            ["Gateway:Enabled"] = "false",
            ["RateLimits:Webhook:Permits"] = "100",
            [TelemetryServices.Endpoint] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        };
        using var trader = await ApiClient.SignUpAsync(app.Address);
        var created = await DoorsApp.WebhookAsync(trader, "secret", null);
        var url = new Uri(app.Address, new Uri(created.GetProperty("url").GetString()!).AbsolutePath).ToString();
        var (token, secret) = (url.Split('/')[^1], created.GetProperty("secret").GetString()!);
        var id = created.GetProperty("id").GetString();

        (await SendAsync(url, secret)).ShouldBe(HttpStatusCode.Accepted);
        await SendAsync(url, "wrong-" + secret);
        await SendAsync($"{url}?token={token}&secret={secret}", secret);
        await SendAsync($"{url}/more", secret);
        await SendAsync(url.ToUpperInvariant() + "x", secret);
        await trader.PostAsync($"/api/webhooks/{id}/test", null); // goes out and comes in again
        await trader.GetAsync($"/api/signals?cursor={token}");
        await trader.GetAsync($"/no-such-page/{token}?x={secret}");

        await Until.True(() => collector.Of("traces") is var traces && Expected.All(t => traces.Contains(t, StringComparison.Ordinal)));
        await Until.True(() => collector.Of("metrics").Contains("http.server.request.duration", StringComparison.Ordinal));
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System); // the last requests' spans
        var sent = collector.Of("traces") + collector.Of("metrics");
        foreach (var hidden in new[] { token, secret, ApiClient.Password, trader.DefaultRequestHeaders.Authorization!.Parameter! })
        {
            sent.Contains(hidden, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"a secret of {hidden.Length} characters was sent");
        }

        sent.ShouldNotContain("cursor=");
    }

    [Fact]
    public async Task NoCollector_NothingIsRegistered()
    {
        await using var app = new AppFactory { ["Gateway:Enabled"] = "false" };

        app.Get<IServiceProvider>().GetService<TracerProvider>().ShouldBeNull();
    }

    private static async Task<HttpStatusCode> SendAsync(string url, string secret)
    {
        using var http = new HttpClient();
        using var body = new StringContent(
            $$"""{"secret":"{{secret}}",{{IntakeApp.Alert(Guid.NewGuid().ToString("N")).TrimStart()[1..]}}""",
            Encoding.UTF8
        );
        using var answer = await http.PostAsync(url, body);
        return answer.StatusCode;
    }
}
