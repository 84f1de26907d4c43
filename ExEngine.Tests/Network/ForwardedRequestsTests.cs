using System.Net;
using System.Net.Sockets;
using ExEngine.Web.Network;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Network;

public sealed class ForwardedRequestsTests
{
    private const string Client = "203.0.113.9";

    [Theory]
    // One proxy.
    [InlineData("10.0.0.2", "203.0.113.9", "https", "trade.example", "203.0.113.9 https://trade.example")]
    // A chain, all of it named.
    [InlineData(
        "10.0.0.2",
        "203.0.113.9, 10.1.2.3, 192.168.7.7",
        "https, http, http",
        "trade.example",
        "203.0.113.9 https://trade.example"
    )]
    // What the client put in front itself.
    [InlineData("10.0.0.2", "6.6.6.6, 203.0.113.9", "gopher, https", "evil.example, trade.example", "203.0.113.9 https://trade.example")]
    [InlineData("10.0.0.2", "10.0.0.9, 203.0.113.9, 10.1.2.3", "https", "trade.example", "203.0.113.9 https://trade.example")]
    // A chain with a stranger in it ends at the stranger.
    [InlineData("10.0.0.2", "203.0.113.9, 8.8.8.8, 10.1.2.3", null, null, "8.8.8.8 http://inner")]
    // Ports, IPv6, mapped addresses.
    [InlineData("10.0.0.2", "203.0.113.9:5555", null, null, "203.0.113.9 http://inner")]
    [InlineData("::ffff:10.0.0.2", "[2001:db8::7]:443", null, null, "2001:db8::7 http://inner")]
    // What is no address ends it.
    [InlineData("10.0.0.2", "203.0.113.9, unknown", "https", "trade.example", "10.0.0.2 http://inner")]
    [InlineData("10.0.0.2", "1234", "https", "trade.example", "10.0.0.2 http://inner")]
    [InlineData("10.0.0.2", "", "https", null, "10.0.0.2 https://inner")]
    // A host with more than a host in it.
    [InlineData("10.0.0.2", "203.0.113.9", "https", "trade.example/path", "203.0.113.9 https://inner")]
    [InlineData("10.0.0.2", "203.0.113.9", "https", "a@trade.example", "203.0.113.9 https://inner")]
    public async Task Chain_IsBelievedAsFarAsItIsNamed(string from, string? addresses, string? protos, string? hosts, string expected)
    {
        var seen = await SendAsync(
            ForwardedKind.XForwarded,
            from,
            [("X-Forwarded-For", addresses), ("X-Forwarded-Proto", protos), ("X-Forwarded-Host", hosts), ("Forwarded", "for=6.6.6.6")]
        );

        seen.ShouldBe(expected);
    }

    [Theory]
    [InlineData("for=203.0.113.9;proto=https;host=trade.example", "203.0.113.9 https://trade.example")]
    [InlineData("For=\"203.0.113.9:77\"; Proto=HTTPS;host=\"trade.example:8443\", for=10.1.1.1", "203.0.113.9 https://trade.example:8443")]
    [InlineData("for=\"[2001:db8::7]:443\";proto=https", "2001:db8::7 https://inner")]
    [InlineData("for=6.6.6.6, for=203.0.113.9;proto=https, for=10.1.1.1", "203.0.113.9 https://inner")]
    [InlineData("for=203.0.113.9, for=_hidden", "10.0.0.2 http://inner")]
    [InlineData("nonsense", "10.0.0.2 http://inner")]
    [InlineData(null, "10.0.0.2 http://inner")]
    public async Task HeaderOfRfc7239_IsReadWhereItIsTheOneThatProxiesWrite(string? header, string expected) =>
        (
            await SendAsync(
                ForwardedKind.Rfc7239,
                "10.0.0.2",
                [("Forwarded", header), ("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-Host", "evil.example")]
            )
        ).ShouldBe(expected);

    [Theory]
    [InlineData(ForwardedKind.XForwarded)]
    [InlineData(ForwardedKind.Rfc7239)]
    public async Task HeadersOfAnUnknownProxy_AreNotRead(ForwardedKind kind) =>
        (
            await SendAsync(
                kind,
                Client,
                [
                    ("Forwarded", "for=10.0.0.2;proto=https;host=evil.example"),
                    ("X-Forwarded-For", "10.0.0.2"),
                    ("X-Forwarded-Proto", "https"),
                    ("X-Forwarded-Host", "evil.example"),
                ]
            )
        ).ShouldBe($"{Client} http://inner");

    [Fact]
    public async Task ProxyThatIsNamed_IsFoundAgainAtItsNewAddress()
    {
        var address = "172.20.0.5";
        var options = Options.Create(new ProxyOptions { KnownProxies = "proxy.internal, gone.internal" });
        using var proxies = new KnownProxies(
            options,
            (name, _) =>
                name == "proxy.internal"
                    ? Task.FromResult(new[] { IPAddress.Parse(address) })
                    : throw new SocketException((int)SocketError.HostNotFound),
            TimeProvider.System,
            NullLogger<KnownProxies>.Instance
        );
        proxies.Include(IPAddress.Parse("172.20.0.5")).ShouldBeFalse();

        await proxies.LookUpAsync(CancellationToken.None);
        proxies.Include(IPAddress.Parse("172.20.0.5")).ShouldBeTrue();

        address = "172.20.0.6";
        await proxies.LookUpAsync(CancellationToken.None);
        proxies.Include(IPAddress.Parse("172.20.0.6")).ShouldBeTrue();
        proxies.Include(IPAddress.Parse("172.20.0.5")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("10.0.0.0/99")]
    [InlineData("10.0.0.256")]
    [InlineData("http://proxy")]
    [InlineData("two words")]
    public void ProxyThatIsNoAddressNetworkOrName_IsRefusedInWords(string text) =>
        new ProxyOptions { KnownProxies = text }
            .Validate(new System.ComponentModel.DataAnnotations.ValidationContext(new object()))
            .ShouldHaveSingleItem()
            .ErrorMessage!.ShouldContain("nor a host name");

    private static async Task<string> SendAsync(ForwardedKind kind, string from, (string Name, string? Value)[] headers)
    {
        var options = Options.Create(new ProxyOptions { KnownProxies = "10.0.0.0/8, 192.168.7.7", Header = kind });
        using var proxies = new KnownProxies(
            options,
            (_, _) => Task.FromResult<IPAddress[]>([]),
            TimeProvider.System,
            NullLogger<KnownProxies>.Instance
        );
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(from);
        (context.Request.Scheme, context.Request.Host) = ("http", new HostString("inner"));
        foreach (var (name, value) in headers.Where(h => h.Value is not null))
        {
            context.Request.Headers[name] = value;
        }

        await new ForwardedRequests(_ => Task.CompletedTask, proxies, options).InvokeAsync(context);

        context.Request.Headers.Keys.ShouldBe(["Host"], "what was not believed is read by nobody");
        return $"{context.Connection.RemoteIpAddress} {context.Request.Scheme}://{context.Request.Host}";
    }
}
