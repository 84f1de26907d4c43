using System.Net;
using System.Net.Http.Json;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

/// <summary>Who guesses waits, longer the longer it goes on; the owner does not.</summary>
[Collection(nameof(UsersApp))]
[NeedsServer]
public sealed class LockoutTests(UsersApp app)
{
    private const string Wrong = "wrong horse battery";

    [Fact]
    public async Task FiveWrongPasswords_MakeStrangersWaitForFiveMinutes()
    {
        using var user = app.Visit();
        await user.RegisterByApiAsync();
        await GuessAsync(user, 5);

        var locked = await user.SignInByApiAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        var later = await user.SignInByApiAsync();

        locked.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        ((string)(await Visitor.JsonOf(locked))["code"]!).ShouldBe("locked");
        locked.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 300);
        later.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Waits_Grow()
    {
        using var user = app.Visit();
        await user.RegisterByApiAsync();
        await GuessAsync(user, 5);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await GuessAsync(user, 5);
        app.Clock.Advance(TimeSpan.FromMinutes(5));

        // Ten in ten minutes: now it takes until the first of them are a quarter of an hour old.
        (await user.SignInByApiAsync(Wrong)).Headers.RetryAfter!.Delta!.Value.TotalMinutes.ShouldBeInRange(4, 5.1);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await GuessAsync(user, 5);
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        await GuessAsync(user, 5);
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        (await user.SignInByApiAsync(Wrong)).Headers.RetryAfter!.Delta!.Value.TotalMinutes.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task WrongPasswordsOfStrangers_NeverKeepAKnownDeviceOut()
    {
        using var owner = app.Visit();
        await owner.RegisterByPageAsync();
        await owner.SignOutAsync();
        using var stranger = new Visitor(app.Address) { Email = owner.Email };
        await GuessAsync(stranger, 40);
        ((string)(await Visitor.JsonOf(await stranger.SignInByApiAsync()))["code"]!).ShouldBe("locked");

        owner.GoesTo(await owner.SignInByPageAsync()).ShouldBe("/");

        // The device is the owner's and no key: it guesses no faster than others.
        await owner.SignOutAsync();
        await GuessAsync(owner, 10);
        (await owner.SignInByApiAsync()).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task WrongPasswords_KeepNoPasskeyOut()
    {
        using var owner = app.Visit();
        await owner.RegisterByPageAsync();
        using var key = new SoftPasskey();
        await key.AddToAsync(owner);
        using var stranger = new Visitor(app.Address) { Email = owner.Email };
        await GuessAsync(stranger, 6);

        using var elsewhere = new Visitor(app.Address) { Email = owner.Email };
        elsewhere.GoesTo(await key.SignInAsync(elsewhere)).ShouldBe("/");
    }

    [Fact]
    public async Task WrongPasswords_KeepNoRecoveryCodeOut()
    {
        using var owner = app.Visit();
        await owner.RegisterByPageAsync();
        var (_, codes) = await TwoFactorTests.TurnOnAsync(owner);
        using var stranger = new Visitor(app.Address) { Email = owner.Email };
        await GuessAsync(stranger, 6);

        using var script = new Visitor(app.Address) { Email = owner.Email };
        (await script.SignInByApiAsync(recoveryCode: codes[0])).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var page = new Visitor(app.Address) { Email = owner.Email };
        var waiting = await page.SignInByPageAsync();
        (await Visitor.DocumentOf(waiting)).QuerySelector("[role=alert]")!.TextContent.ShouldContain("a recovery code need not wait");
        var recovered = await RecoverAsync(page, Visitor.Password, codes[1]);
        page.GoesTo(recovered).ShouldBe("/");

        // Neither of the two alone is worth anything, and a code that is none opens no other way to guess.
        using var other = new Visitor(app.Address) { Email = owner.Email };
        (await RecoverAsync(other, Wrong, codes[2])).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await RecoverAsync(other, Visitor.Password, "AAAAA-AAAAA")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await other.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task WrongCodes_MakeStrangersWaitAndNotTheOwner()
    {
        using var owner = app.Visit();
        await owner.RegisterByPageAsync();
        var (key, _) = await TwoFactorTests.TurnOnAsync(owner);
        await owner.SignOutAsync();
        using var thief = new Visitor(app.Address) { Email = owner.Email };
        for (var i = 0; i < 5; i++)
        {
            await thief.SignInByApiAsync(code: $"00000{i}");
        }

        ((string)(await Visitor.JsonOf(await thief.SignInByApiAsync(code: Totp.Now(key))))["code"]!).ShouldBe("locked");
        await owner.SignInByPageAsync();
        owner.GoesTo(await owner.SubmitAsync("/account/sign-in/code", "code", ("Input.Code", Totp.Now(key)))).ShouldBe("/");
    }

    [Fact]
    public async Task WrongProofs_MakeTheirSessionWaitAndNoOther()
    {
        using var owner = app.Visit();
        await owner.RegisterByPageAsync();
        using var script = await new Visitor(app.Address) { Email = owner.Email }.TakeTokensAsync(register: false);
        for (var i = 0; i < 5; i++)
        {
            await script.Http.PostAsJsonAsync("/api/auth/confirm", new { password = Wrong });
        }

        var waiting = await script.Http.PostAsJsonAsync("/api/auth/confirm", new { Visitor.Password });
        waiting.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        waiting.Headers.RetryAfter.ShouldNotBeNull();
        owner.GoesTo(await owner.SubmitAsync("/account/confirm", "confirm", ("Password.Text", Visitor.Password))).ShouldBe("/");
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
    public async Task FourWrongPasswords_DoNotWait()
    {
        using var user = app.Visit();
        await user.RegisterByApiAsync();
        await GuessAsync(user, 4);

        (await user.SignInByApiAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task GuessAsync(Visitor user, int times)
    {
        for (var i = 0; i < times; i++)
        {
            (await user.SignInByApiAsync(Wrong)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    private static Task<HttpResponseMessage> RecoverAsync(Visitor user, string password, string code) =>
        user.SubmitAsync(
            "/account/sign-in/recovery",
            "recovery",
            ("Input.Email", user.Email),
            ("Input.Password", password),
            ("Input.Code", code)
        );
}
