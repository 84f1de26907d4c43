using System.Net;
using System.Net.Http.Json;
using ExEngine.Core.Data;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

[Collection(nameof(UsersApp))]
[NeedsServer]
public sealed class ApiSignInTests(UsersApp app)
{
    [Fact]
    public async Task RegisteredUser_CallsWithItsTokenAndRefreshesIt()
    {
        using var user = await app.Visit().TakeTokensAsync();
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);

        user.Carry(await Visitor.JsonOf(await user.Http.PostAsJsonAsync("/api/auth/refresh", new { refreshToken = user.RefreshToken })));

        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Registration_IsDatedByTheClock()
    {
        using var user = app.Visit();
        await user.RegisterByApiAsync();

        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var row = await db.Users.SingleAsync(u => u.Email == user.Email);
        row.CreatedAt.ShouldBe(app.Clock.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(1));
        row.Id.Version.ShouldBe(7);
    }

    [Fact]
    public async Task NobodySignedIn_ApiAnswers401AndPagesRedirect()
    {
        using var nobody = app.Visit();

        var api = await nobody.Http.GetAsync("/api/auth/manage/info");
        var page = await nobody.Http.GetAsync("/");

        api.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        ((string)(await Visitor.JsonOf(api))["code"]!).ShouldBe("unauthenticated");
        page.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        page.Headers.Location!.ToString().ShouldContain("/account/sign-in?returnUrl=%2F");
    }

    [Fact]
    public async Task TokenOfNonsense_Answers401()
    {
        using var user = app.Visit();
        user.Http.DefaultRequestHeaders.Add("Authorization", "Bearer nonsense");

        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task UnknownUser_IsRefusedLikeAWrongPassword_WithTheSameWork()
    {
        using var known = app.Visit();
        await known.RegisterByApiAsync();
        using var unknown = app.Visit();

        // Seven times: into the wait, which must not tell them apart either and costs nothing.
        for (var attempt = 1; attempt <= 7; attempt++)
        {
            var wrong = await Refused(known);
            var missing = await Refused(unknown);
            missing.ShouldBe(wrong, $"attempt {attempt}");
            wrong.Hashed.ShouldBe(attempt <= 5 ? 1 : 0);
        }
    }

    [Theory]
    [InlineData("email", "not an address", "correct horse battery")]
    [InlineData("password", "a@example.com", "elevenchars")]
    [InlineData("password", "a@example.com", "Password123!")]
    [InlineData("password", "long.address@example.com", "long.address@example.com")]
    public async Task BadRegistration_NamesTheField(string field, string email, string password)
    {
        using var user = new Visitor(app.Address) { Email = email };

        var answer = await user.RegisterByApiAsync(password);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await Visitor.JsonOf(answer);
        ((string)problem["code"]!).ShouldBe("validation_failed");
        problem["errors"]!.AsObject().Select(e => e.Key).ShouldBe([field]);
    }

    [Fact]
    public async Task AddressRegisteredTwice_IsRefusedWithoutSayingWhy()
    {
        using var user = app.Visit();
        await user.RegisterByApiAsync();

        var again = await user.RegisterByApiAsync("another long password");

        again.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await again.Content.ReadAsStringAsync()).ShouldContain("This address cannot be registered.");
    }

    [Fact]
    public async Task AddressRegisteredTwiceAtOnce_MakesOneUser()
    {
        using var user = app.Visit();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => user.RegisterByApiAsync()));

        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.BadRequest).ShouldBe(7);
    }

    [Theory]
    [InlineData("forgotPassword")]
    [InlineData("resetPassword")]
    [InlineData("resendConfirmationEmail")]
    public async Task RouteThatNeedsEmail_SaysThatThereIsNone(string route)
    {
        using var user = app.Visit();

        var answer = await user.Http.PostAsJsonAsync($"/api/auth/{route}", new { email = user.Email });

        answer.StatusCode.ShouldBe(HttpStatusCode.NotImplemented);
        ((string)(await Visitor.JsonOf(answer))["code"]!).ShouldBe("no_email");
    }

    private async Task<(HttpStatusCode Status, string Body, int Hashed)> Refused(Visitor visitor)
    {
        var before = app.Hasher.Verified;
        var answer = await visitor.SignInByApiAsync("wrong horse battery");
        var body = await Visitor.JsonOf(answer);
        body.Remove("requestId"); // its own for every answer
        return (answer.StatusCode, body.ToJsonString(), app.Hasher.Verified - before);
    }
}
