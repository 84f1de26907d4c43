using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Ccxt;

/// <summary>The process itself: restarts, its end, and its other way of listening.</summary>
[NeedsServer]
public sealed partial class CcxtGatewayTests(ExchangeApp fixture) : IClassFixture<ExchangeApp>
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task GatewayKilled_IsStartedAgainAndAnswers()
    {
        await fixture.BinanceAsync();
        var first = fixture.Gateway.Report;
        Process.GetProcessById(IdOf(first)).Kill();

        await Until.True(() => fixture.Gateway.Report is { State: GatewayState.Running } now && now.Starts > first.Starts);

        IdOf(fixture.Gateway.Report).ShouldNotBe(IdOf(first));
        var json = await fixture.App.Get<GatewayClient>().MarketsAsync("binance", CancellationToken.None);
        CcxtMarketParser.Parse(json).Markets.Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task ExchangeUnreachable_ErrorHasCcxtsCode()
    {
        await using var app = fixture.Build();
        app["Exchanges:binance:BaseUrl"] = $"http://127.0.0.1:{FreePort.Next()}";

        var error = await Should.ThrowAsync<GatewayException>(() =>
            app.Get<GatewayClient>().MarketsAsync("binance", CancellationToken.None)
        );

        error.Code.ShouldBe("NetworkError");
        error.Message.ShouldContain("ECONNREFUSED");
    }

    [Fact]
    public async Task ShippedExchanges_AreThoseOfTheInstalledCcxt()
    {
        var shipped = await File.ReadAllTextAsync(Source.Path("ExEngine.Core/Exchanges/Ccxt/gateway/exchanges.json"));

        var listed = await ChildProcess.RunAsync("node", Source.Path("ExEngine.Core/obj/gateway/list.mjs"));

        listed.Trim().ShouldBe(shipped.Trim(), "run npm run list in ExEngine.Core/obj/gateway");
    }

    [Fact]
    public async Task ApplicationKilled_TheGatewayEndsToo()
    {
        await using var app = new AppProcess();
        await app.StartAsync();
        var id = 0;
        await Until.True(() => GatewayStarted().Match(app.Log) is { Success: true } match && int.TryParse(match.Groups[1].Value, out id));

        await app.KillAsync();

        await Until.True(() => !Directory.Exists($"/proc/{id}"));
    }

    [Fact]
    public async Task GatewayAtAUrl_AnswersOnlyWithItsSecret()
    {
        var port = FreePort.Next();
        await using var process = ChildProcess.Start(
            "node",
            [Source.Path("ExEngine.Core/obj/gateway/server.mjs")],
            new Dictionary<string, string?> { ["GATEWAY_LISTEN"] = $"127.0.0.1:{port}", ["GATEWAY_SECRET"] = Secret }
        );
        await Until.True(() => process.Log.Contains("ready", StringComparison.Ordinal));
        using var stranger = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        (await stranger.GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        stranger.DefaultRequestHeaders.Add("X-Gateway-Secret", Secret[..^1] + "0");
        (await stranger.GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        await using var app = fixture.Build();
        app["Gateway:Url"] = $"http://127.0.0.1:{port}";
        app["Gateway:Secret"] = Secret;

        var json = await app.Get<GatewayClient>().MarketsAsync("binance", CancellationToken.None);
        JsonDocument.Parse(json).RootElement.GetProperty("items").GetArrayLength().ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task SocketFolder_IsForItsOwnerOnly()
    {
        await fixture.BinanceAsync();
        var folder = System.IO.Path.GetDirectoryName(fixture.App.Get<GatewayClient>().SocketPath)!;

        new DirectoryInfo(folder).UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static int IdOf(GatewayReport report) =>
        int.Parse(Number().Match(report.Reason).Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();

    [GeneratedRegex(@"gateway runs as process (\d+)")]
    private static partial Regex GatewayStarted();
}
