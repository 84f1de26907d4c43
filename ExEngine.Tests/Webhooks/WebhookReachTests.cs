using System.Net;
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
}
