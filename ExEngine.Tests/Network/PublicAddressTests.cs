using ExEngine.Core.Webhooks;
using ExEngine.Web.Network;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Network;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("http://localhost:5080/", "only this machine")]
    [InlineData("http://127.0.0.1", "of this machine")]
    [InlineData("http://10.1.2.3/", "of this machine")]
    [InlineData("https://172.31.0.1", "of this machine")]
    [InlineData("http://192.168.1.5:80", "of this machine")]
    [InlineData("http://169.254.10.1", "of this machine")]
    [InlineData("http://100.100.1.1", "of this machine")]
    [InlineData("http://[::1]/", "of this machine")]
    [InlineData("http://[fe80::1]/", "of this machine")]
    [InlineData("https://[2001:db8::1]/", "IPv6")]
    [InlineData("https://trader.local/", "only this machine")]
    [InlineData("https://server/", "only this machine")]
    [InlineData("https://trade.example.org:8443/", "port 8443")]
    [InlineData("http://203.0.113.9:5080", "port 5080")]
    [InlineData("nonsense", "no address")]
    public void AddressThatTradingViewCannotReach_SaysWhyAndWhatToDo(string url, string why)
    {
        var problem = SenderReach.Problem(url).ShouldNotBeNull();

        problem.ShouldContain(why);
        problem.ShouldContain("PublicUrl");
    }

    [Theory]
    [InlineData("https://trade.example.org/")]
    [InlineData("http://trade.example.org")]
    [InlineData("https://203.0.113.9")]
    [InlineData("https://trade.example.org:443/exengine")]
    public void AddressThatTradingViewReaches_IsFine(string url) => SenderReach.Problem(url).ShouldBeNull();

    [Theory]
    [InlineData("", true)]
    [InlineData("https://trade.example.org", true)]
    [InlineData("http://trade.example.org:8080/exengine/", true)]
    [InlineData("trade.example.org", false)]
    [InlineData("ftp://trade.example.org", false)]
    [InlineData("/exengine", false)]
    [InlineData("https://trade.example.org/?a=b", false)]
    [InlineData("https://trade.example.org/#top", false)]
    [InlineData("https://user@trade.example.org/", false)]
    public void PublicUrl_IsAnAddressAndNoMore(string url, bool isValid) =>
        new PublicUrlOptions { PublicUrl = url }.IsValid.ShouldBe(isValid);

    [Theory]
    [InlineData("", null, "http://seen", "http://seen")]
    [InlineData("https://a.example/", null, "https://a.example", "https://a.example")]
    [InlineData("", "https://b.example/", "https://b.example", "https://b.example")]
    [InlineData("https://a.example/", "https://b.example", "https://a.example", "https://b.example")]
    public void PeopleAndSenders_AreToldTheAddressThatIsTheirs(string publicUrl, string? webhooks, string people, string senders)
    {
        var address = new PublicAddress(
            Options.Create(new PublicUrlOptions { PublicUrl = publicUrl }),
            Options.Create(new WebhookOptions { PublicUrl = webhooks })
        );

        address.ForPeople("http://seen/").ShouldBe(people);
        address.ForSenders("http://seen/").ShouldBe(senders);
    }
}
