using System.Net;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Tests.Support;
using ExEngine.Tests.Users;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks;

/// <summary>What a webhook's page says about its address, as it is first painted.</summary>
[NeedsServer]
public sealed class WebhookReachTests
{
    [Theory]
    [InlineData(null, "tradingView", true)]
    [InlineData(null, "other", false)]
    [InlineData("https://trade.example.org", "tradingView", false)]
    [InlineData("https://trade.example.org:8443", "tradingView", true)]
    public async Task PageOfAWebhook_SaysWhenTradingViewCannotReachIt(string? publicUrl, string sender, bool isSaid)
    {
        await using var app = new AppFactory
        {
            ["PublicUrl"] = publicUrl,
            ["Gateway:Enabled"] = "false",
            ["Users:HashMemoryKib"] = "1024",
        };
        using var visitor = await new Visitor(app.Address).TakeTokensAsync();
        var webhook = await DoorsApp.WebhookAsync(visitor.Http, "secret", new { sender });

        var answer = await visitor.Http.GetAsync($"/webhooks/{webhook.GetProperty("id").GetString()}");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).Contains("TradingView cannot send to", StringComparison.Ordinal).ShouldBe(isSaid);
    }

    [Theory]
    [InlineData(null, null, "127.0.0.0/8 ::1", HttpStatusCode.Accepted)]
    [InlineData(null, "true", "127.0.0.0/8 ::1 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16", HttpStatusCode.Accepted)]
    [InlineData("https://trade.example.org", null, "", HttpStatusCode.Unauthorized)]
    [InlineData("https://trade.example.org", "true", "", HttpStatusCode.Unauthorized)]
    public async Task WebhookForTradingView_AdmitsThisMachineOnlyWhereNobodyElseKnowsItsAddress(
        string? publicUrl,
        string? inContainer,
        string more,
        HttpStatusCode fromHere
    )
    {
        await using var app = new AppFactory
        {
            ["PublicUrl"] = publicUrl,
            ["DOTNET_RUNNING_IN_CONTAINER"] = inContainer,
            ["Gateway:Enabled"] = "false",
            ["Users:HashMemoryKib"] = "1024",
        };
        using var visitor = await new Visitor(app.Address).TakeTokensAsync();
        var webhook = await DoorsApp.WebhookAsync(visitor.Http, "secret", new { sender = "tradingView" });
        var path = new Uri(webhook.GetProperty("url").GetString()!).AbsolutePath;
        using var curl = new HttpClient { BaseAddress = app.Address };

        var answer = await curl.PostAsync(
            path,
            new StringContent($"buy BTC/USDT 0.001 secret={webhook.GetProperty("secret").GetString()}")
        );

        webhook
            .GetProperty("allowedIps")
            .EnumerateArray()
            .Select(i => i.GetString())
            .ShouldBe([.. SourceAddresses.TradingView, .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        answer.StatusCode.ShouldBe(fromHere);
    }
}
