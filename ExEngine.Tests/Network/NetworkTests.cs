using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExEngine.Tests.Support;
using ExEngine.Tests.Users;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Network;

[NeedsServer]
public sealed class NetworkTests : IAsyncLifetime
{
    private readonly AppFactory _app = new()
    {
        ["Cors:Origins"] = "https://desk.example.org",
        ["ForwardedHeaders:KnownProxies"] = "127.0.0.0/8, ::1",
    };

    private HttpClient _client = null!;

    public ValueTask InitializeAsync()
    {
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = _app.Address };
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/api/signals")]
    [InlineData("/nothing-here")]
    [InlineData("/swagger/index.html")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task EveryAnswer_CarriesTheSecurityHeaders(string path)
    {
        using var answer = await _client.GetAsync(path);

        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("script-src 'self';");
        policy.ShouldContain("frame-ancestors 'none'");
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/swagger/index.html")]
    [InlineData("/openapi/v1.json")]
    public async Task SwaggerSwitchedOff_IsNotThere(string path)
    {
        await using var app = new AppFactory { ["Swagger:Enabled"] = "false" };
        using var client = new HttpClient { BaseAddress = app.Address };

        (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task CircuitOfAnotherSite_IsRefused(string? origin, HttpStatusCode expected)
    {
        using var visitor = await new Visitor(_app.Address).TakeTokensAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        request.Headers.TryAddWithoutValidation("Origin", origin);

        using var answer = await visitor.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("https://desk.example.org", true)]
    [InlineData("https://evil.example", false)]
    public async Task PageOfAnotherSite_MayCallTheApiOnlyWhenConfigured(string origin, bool allowed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/signals");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "GET");

        using var answer = await _client.SendAsync(request);

        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBe(allowed);
        answer.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
    }

    [Fact]
    public async Task BodyOverTheLimit_Is413WithARequestId()
    {
        using var answer = await _client.PostAsync(
            "/api/auth/login",
            new StringContent(new string(' ', 1024 * 1024 + 1), Encoding.UTF8, "application/json")
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("code").GetString().ShouldBe("too_large");
        problem.GetProperty("requestId").GetString().ShouldBe(answer.Headers.GetValues("X-Request-Id").Single());
    }

    [Fact]
    public async Task OpenApi_DescribesRoutesBearerAndExactDecimals()
    {
        var document = await _client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        var paths = document.GetProperty("paths");
        foreach (
            var path in new[]
            {
                "/hooks/{token}",
                "/api/auth/login",
                "/api/signals",
                "/api/accounts",
                "/api/webhooks",
                "/api/profit",
                "/health/ready",
            }
        )
        {
            paths.TryGetProperty(path, out _).ShouldBeTrue(path);
        }

        document
            .GetProperty("components")
            .GetProperty("securitySchemes")
            .GetProperty("bearer")
            .GetProperty("scheme")
            .GetString()
            .ShouldBe("bearer");
        paths.GetProperty("/api/signals").GetProperty("get").TryGetProperty("security", out _).ShouldBeTrue();
        paths.GetProperty("/api/auth/login").GetProperty("post").TryGetProperty("security", out _).ShouldBeFalse();
        var tick = document
            .GetProperty("components")
            .GetProperty("schemas")
            .GetProperty("MarketView")
            .GetProperty("properties")
            .GetProperty("priceTick");
        tick.GetProperty("type").GetString().ShouldBe("string");
        tick.GetProperty("format").GetString().ShouldBe("decimal");
    }
}
