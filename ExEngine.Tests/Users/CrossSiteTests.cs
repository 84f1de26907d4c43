using System.Net;
using System.Net.Http.Json;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

[Collection(nameof(UsersApp))]
[NeedsServer]
public sealed class CrossSiteTests(UsersApp app)
{
    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task CookieCallFromAnotherSite_IsForbidden(string header, string value)
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        user.Http.DefaultRequestHeaders.Add(header, value);

        var write = await user.Http.PostAsJsonAsync("/api/auth/manage/2fa", new { });
        var read = await user.Http.GetAsync("/api/auth/manage/info");

        write.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        ((string)(await Visitor.JsonOf(write))["code"]!).ShouldBe("cross_site");
        read.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task CookieCallFromThisSite_IsServed()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        user.Http.DefaultRequestHeaders.Add("Origin", app.Address.GetLeftPart(UriPartial.Authority));

        (await user.Http.PostAsJsonAsync("/api/auth/manage/2fa", new { })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task TokenCallFromAnotherSite_IsServed()
    {
        using var user = await app.Visit().TakeTokensAsync();
        user.Http.DefaultRequestHeaders.Add("Origin", "https://dashboard.example");

        (await user.Http.PostAsJsonAsync("/api/auth/manage/2fa", new { })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SignInThatWouldSetACookieFromAnotherSite_IsForbidden()
    {
        using var user = app.Visit();
        await user.RegisterByApiAsync();
        user.Http.DefaultRequestHeaders.Add("Origin", "https://evil.example");

        var answer = await user.Http.PostAsJsonAsync(
            "/api/auth/login?useCookies=true",
            new { email = user.Email, password = Visitor.Password }
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
