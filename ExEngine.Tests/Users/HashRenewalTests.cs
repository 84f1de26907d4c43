using System.Net;
using ExEngine.Core.Data;
using ExEngine.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

/// <summary>A user of an earlier version, whose password was hashed with PBKDF2.</summary>
[NeedsServer]
public sealed class HashRenewalTests : IAsyncLifetime
{
    private readonly AppFactory _app = new() { ["Users:HashMemoryKib"] = "1024", ["Gateway:Enabled"] = "false" };

    public ValueTask InitializeAsync()
    {
        _app.With(services => services.AddLogging(logging => logging.ClearProviders()));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("api")]
    [InlineData("page")]
    public async Task SignIn_RenewsTheHash_AndEndsNoOtherSession(string way)
    {
        using var elsewhere = await new Visitor(_app.Address).TakeTokensAsync();
        using var user = new Visitor(_app.Address) { Email = elsewhere.Email };
        var former = await MakeFormerAsync(user.Email);

        var wrong =
            way == "api"
                ? await user.SignInByApiAsync("wrong horse battery")
                : await user.SignInByPageAsync(password: "wrong horse battery");
        wrong.StatusCode.ShouldBe(way == "api" ? HttpStatusCode.Unauthorized : HttpStatusCode.OK);
        (await HashAsync(user.Email)).ShouldBe(former);

        await SignInAsync(user, way);
        var renewed = await HashAsync(user.Email);
        renewed.ShouldStartWith("$argon2id$v=19$m=1024,t=2,p=1$");

        await SignInAsync(user, way);
        (await HashAsync(user.Email)).ShouldBe(renewed);
        (await elsewhere.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task SignInAsync(Visitor user, string way)
    {
        if (way == "api")
        {
            (await user.SignInByApiAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        else
        {
            (await user.SignInByPageAsync()).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }
    }

    private async Task<string> MakeFormerAsync(string email)
    {
        var hash = new PasswordHasher<AppUser>().HashPassword(new AppUser(), Visitor.Password);
        await using var db = await _app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        await db.Users.Where(u => u.Email == email).ExecuteUpdateAsync(u => u.SetProperty(x => x.PasswordHash, hash));
        return hash;
    }

    private async Task<string> HashAsync(string email)
    {
        await using var db = await _app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        return (await db.Users.AsNoTracking().SingleAsync(u => u.Email == email)).PasswordHash!;
    }
}
