using System.Net;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

/// <summary>Behind a proxy that ends HTTPS, as the forwarded headers say.</summary>
[NeedsServer]
public sealed class HttpsCookieTests : IAsyncDisposable
{
    private readonly AppFactory _app = new()
    {
        ["Users:HashMemoryKib"] = "1024",
        ["Https:Required"] = "true",
        ["ForwardedHeaders:KnownProxies"] = "127.0.0.1",
    };

    [Fact]
    public async Task CookiesOverHttps_BelongToThisHostAlone()
    {
        using var user = new Visitor(_app.Address);
        OverHttps(user);
        var open = await user.Http.GetAsync("/account/register");
        var set = open.Headers.GetValues("Set-Cookie").ToList();
        var page = await Visitor.DocumentOf(open);
        var form = new Dictionary<string, string>
        {
            ["_handler"] = "register",
            ["__RequestVerificationToken"] = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!,
            ["Input.Email"] = user.Email,
            ["Input.Password"] = Visitor.Password,
        };
        // A cookie that is Secure is not sent over the plain connection of this test.
        user.Http.DefaultRequestHeaders.Add("Cookie", string.Join("; ", set.Select(c => c.Split(';')[0])));

        var answer = await user.Http.PostAsync("/account/register", new FormUrlEncodedContent(form));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        set.AddRange(answer.Headers.GetValues("Set-Cookie"));
        set.Select(c => c.Split('=')[0])
            .ShouldBe(["__Host-exengine.antiforgery", "__Host-exengine.device", "__Host-exengine.session"], ignoreOrder: true);
        set.ShouldAllBe(c => c.Contains("; secure", StringComparison.OrdinalIgnoreCase));
        set.ShouldAllBe(c => c.Contains("; path=/;", StringComparison.OrdinalIgnoreCase));
        set.ShouldAllBe(c => c.Contains("httponly", StringComparison.OrdinalIgnoreCase));
        set.ShouldAllBe(c => !c.Contains("domain=", StringComparison.OrdinalIgnoreCase));
        var session = set.Single(c => c.StartsWith("__Host-exengine.session", StringComparison.Ordinal)).Split(';')[0];
        (await AskAsync(session)).ShouldBe(HttpStatusCode.OK);

        // What a sibling host or plain HTTP may have planted is not read.
        (await AskAsync(session["__Host-".Length..])).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task HttpsRequired_BrowsersAreToldToStayOnIt()
    {
        using var user = new Visitor(_app.Address);
        OverHttps(user);

        var answer = await user.Http.GetAsync("/account/sign-in");

        answer.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=31536000"]);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void OverHttps(Visitor user)
    {
        user.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.7");
        user.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        user.Http.DefaultRequestHeaders.Add("X-Forwarded-Host", "example.org");
    }

    private async Task<HttpStatusCode> AskAsync(string cookie)
    {
        using var again = new Visitor(_app.Address);
        OverHttps(again);
        again.Http.DefaultRequestHeaders.Add("Cookie", cookie);
        return await again.WhoAmIAsync();
    }
}
