using ExEngine.Core.Data;
using ExEngine.Tests.Support;
using ExEngine.Web.Users.Proofs;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ExEngine.Tests.Users;

/// <summary>
/// The application with cheap password hashing (its shipped cost has a test of its own), wide rate limits, a clock that can be
/// advanced, and a count of the hashing work.
/// </summary>
public sealed class UsersApp : AppFactory
{
    public UsersApp()
    {
        this["Users:HashMemoryKib"] = "1024";
        this["RateLimits:Auth:PermitsPerIp"] = "10000";
        this["RateLimits:Auth:PermitsPerAccount"] = "10000";
        With(services =>
        {
            services.AddLogging(logging => logging.ClearProviders());
            services.AddSingleton<TimeProvider>(Clock);
            services.Replace(ServiceDescriptor.Singleton<IPasswordHasher<AppUser>>(Hasher));
        });
    }

    public OffsetClock Clock { get; } = new();

    public CountingHasher Hasher { get; } = new();

    /// <summary>Makes every proof that this user has given too old, as five minutes would; the clock is everybody's.</summary>
    public async Task WaitForConfirmationsToEndAsync(string email)
    {
        await using var db = await Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var before = Clock.GetUtcNow().UtcDateTime - Confirmations.Life;
        await db
            .Sessions.Where(s => db.Users.Any(u => u.Id == s.UserId && u.Email == email))
            .ExecuteUpdateAsync(u => u.SetProperty(s => s.ConfirmedAt, before));
    }

    public Visitor Visit() => new(Address);
}

[CollectionDefinition(nameof(UsersApp))]
public sealed class UsersAppTests : ICollectionFixture<UsersApp>;
