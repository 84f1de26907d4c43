using System.Net;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

[Collection(nameof(UsersApp))]
[NeedsServer]
public sealed class LockoutTests(UsersApp app)
{
    [Fact]
    public async Task FiveWrongPasswords_LockTheAccountForFiveMinutes()
    {
        using var user = app.Visit();
        await user.RegisterByApiAsync();
        for (var i = 0; i < 5; i++)
        {
            await user.SignInByApiAsync("wrong horse battery");
        }

        var locked = await user.SignInByApiAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        var later = await user.SignInByApiAsync();

        locked.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        ((string)(await Visitor.JsonOf(locked))["code"]!).ShouldBe("locked");
        later.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AddressThatNoDatabaseHolds_IsRefusedLikeAnyOther()
    {
        using var user = new Visitor(app.Address) { Email = $"a\0{Guid.NewGuid():N}@example.com" };
        var hashed = app.Hasher.Verified;

        (await user.RegisterByApiAsync()).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await user.SignInByApiAsync()).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        app.Hasher.Verified.ShouldBeGreaterThan(hashed);
    }

    [Fact]
    public async Task FourWrongPasswords_DoNotLock()
    {
        using var user = app.Visit();
        await user.RegisterByApiAsync();
        for (var i = 0; i < 4; i++)
        {
            await user.SignInByApiAsync("wrong horse battery");
        }

        (await user.SignInByApiAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
