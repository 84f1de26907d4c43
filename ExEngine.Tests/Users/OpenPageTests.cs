using System.Security.Claims;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Tests.Support;
using ExEngine.Web.Users.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

[NeedsServer]
public sealed class OpenPageTests
{
    [Fact]
    public async Task DatabaseThatIsAway_LeavesAnOpenPageItsRightsForAMinute()
    {
        await using var data = await TestDatabase.SqliteAsync();
        var user = await data.AddUserAsync();
        await using (var db = data.Open())
        {
            await db.Users.ExecuteUpdateAsync(s => s.SetProperty(u => u.SecurityStamp, "stamp"));
        }

        var clock = new HandClock();
        var databases = new Databases(data.Databases);
        var identity = Options.Create(new IdentityOptions());
        var users = Options.Create(new ExEngine.Web.Users.UserOptions());
        var feed = new ChangeFeed();
        var sessions = new SessionStore(databases, new SequentialIds(clock), feed, clock, users);
        using var live = new LiveSessions(databases, sessions, feed, clock, users, identity);
        using var page = new RevocableAuthenticationState(NullLoggerFactory.Instance, live, feed, users, clock);
        var session = await sessions.BeginAsync(user.Id, SessionKind.Cookie, "192.0.2.1", "Test", null, CancellationToken.None);
        var principal = new ClaimsPrincipal(
            new ClaimsIdentity(
                [
                    new(ClaimTypes.NameIdentifier, user.Id.ToString()),
                    new(identity.Value.ClaimsIdentity.SecurityStampClaimType, "stamp"),
                    .. SessionClaims.Of(session),
                ],
                "test"
            )
        );

        clock.Advance(TimeSpan.FromMinutes(5));
        (await page.MayStayAsync(principal, CancellationToken.None)).ShouldBeTrue();
        databases.Away = true;
        clock.Advance(TimeSpan.FromSeconds(59));
        (await page.MayStayAsync(principal, CancellationToken.None)).ShouldBeTrue();
        clock.Advance(TimeSpan.FromSeconds(1));
        (await page.MayStayAsync(principal, CancellationToken.None)).ShouldBeFalse();
        databases.Away = false;
        (await page.MayStayAsync(principal, CancellationToken.None)).ShouldBeTrue();
    }

    private sealed class Databases(IDbContextFactory<AppDb> inner) : IDbContextFactory<AppDb>
    {
        public bool Away { get; set; }

        public AppDb CreateDbContext() => Away ? throw new TimeoutException("away") : inner.CreateDbContext();
    }
}
