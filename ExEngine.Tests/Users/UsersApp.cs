using ExEngine.Core.Data;
using ExEngine.Tests.Support;
using Microsoft.AspNetCore.Identity;
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

    public Visitor Visit() => new(Address);
}

[CollectionDefinition(nameof(UsersApp))]
public sealed class UsersAppTests : ICollectionFixture<UsersApp>;
