using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Network;

/// <summary>Real connections, from addresses of this machine that are proxies or are not.</summary>
[NeedsServer]
public sealed class ProxyChainTests : IAsyncLifetime
{
    private const string Chain = "203.0.113.9, 10.1.2.3";

    private readonly AppFactory _app = new()
    {
        ["ForwardedHeaders:KnownProxies"] = "127.0.0.2, 10.1.0.0/16",
        ["AllowedHosts"] = "127.0.0.1;trade.example.org",
        ["Gateway:Enabled"] = "false",
        ["Users:HashMemoryKib"] = "1024",
    };

    public async ValueTask InitializeAsync()
    {
        using var client = await ApiClient.SignUpAsync(_app.Address, "trader@example.org");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.2", Chain, "203.0.113.9")]
    [InlineData("127.0.0.2", "6.6.6.6, 203.0.113.9, 10.1.2.3", "203.0.113.9")]
    [InlineData("127.0.0.2", "203.0.113.9, 8.8.8.8", "8.8.8.8")]
    [InlineData("127.0.0.1", Chain, "127.0.0.1")]
    public async Task Session_HasTheAddressOfItsClient(string from, string chain, string expected)
    {
        using var client = From(from);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", chain);
        var signedIn = await ApiClient.SucceedAsync(
            await client.PostAsJsonAsync("/api/auth/login", new { email = "trader@example.org", password = ApiClient.Password })
        );
        client.DefaultRequestHeaders.Authorization = new("Bearer", signedIn.GetProperty("accessToken").GetString());

        var sessions = await client.GetFromJsonAsync<JsonElement>("/api/auth/sessions");

        var items = sessions.ValueKind == JsonValueKind.Array ? sessions : sessions.GetProperty("items");
        items.EnumerateArray().Single(s => s.GetProperty("current").GetBoolean()).GetProperty("ip").GetString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/account/sign-in")]
    [InlineData("/api/webhooks")]
    public async Task HostThatIsNotAllowed_Is400(string path)
    {
        using var client = From("127.0.0.1");
        client.DefaultRequestHeaders.Host = "evil.example";

        (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("127.0.0.2", "evil.example", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.2", "trade.example.org", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", "evil.example", HttpStatusCode.OK)]
    public async Task ForwardedHostThatIsNotAllowed_Is400(string from, string host, HttpStatusCode expected)
    {
        using var client = From(from);
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", host);

        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task PublicUrl_IsWhatSendersGet_WhateverTheHostOfTheRequest()
    {
        await using var app = new AppFactory { ["PublicUrl"] = "https://trade.example.org/", ["Gateway:Enabled"] = "false" };
        using var client = await ApiClient.SignUpAsync(app.Address);
        client.DefaultRequestHeaders.Host = "evil.example";

        var webhook = await DoorsApp.WebhookAsync(client);

        webhook.GetProperty("url").GetString()!.ShouldStartWith("https://trade.example.org/hooks/");
    }

    [Fact]
    public async Task PublicUrlThatIsNone_EndsTheStartInWords()
    {
        await using var app = new AppProcess { ["PublicUrl"] = "https://trade.example.org/?page=1" };

        app.Launch();

        (await app.WaitForExitAsync()).ShouldBe(1);
        app.Log.ShouldContain("PublicUrl is the address that this server is reached at");
    }

    private HttpClient From(string address) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                ConnectCallback = async (context, token) =>
                {
                    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                    socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                    await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), token);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        )
        {
            BaseAddress = _app.Address,
        };
}
