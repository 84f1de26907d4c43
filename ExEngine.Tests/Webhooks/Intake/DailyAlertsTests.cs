using ExEngine.Core.RateLimits;
using ExEngine.Core.Redis;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Intake;

[NeedsServer]
public sealed class DailyAlertsTests
{
    private static readonly Guid User = Guid.NewGuid();

    [Fact]
    public async Task Counts_BeginAnewAtMidnightUtc()
    {
        var clock = new HandClock(new DateTimeOffset(2026, 3, 1, 23, 59, 0, TimeSpan.Zero));
        await using var redis = Link(null);
        using var daily = new DailyAlerts(Options.Create(new CapOptions { AlertsPerUserPerDay = 2 }), redis, clock);
        daily.Take(User, 10).ShouldBeNull();
        daily.Take(User, 10).ShouldBeNull();

        daily.Take(User, 10).ShouldBe(new DailyCapReached("too_many_alerts_today", 2, TimeSpan.FromMinutes(1)));
        clock.Advance(TimeSpan.FromMinutes(1));

        daily.Take(User, 10).ShouldBeNull();
    }

    [Fact]
    public async Task Bytes_AreCappedByThemselves_AndNothingIsWithoutACap()
    {
        await using var redis = Link(null);
        using var daily = Of(new CapOptions { AlertsPerUserPerDay = 0, AlertBytesPerUserPerDay = 100 }, redis);
        daily.Take(User, 60).ShouldBeNull();

        daily.Take(User, 41)!.Code.ShouldBe("too_many_alert_bytes_today");
        daily.Take(User, 40).ShouldBeNull();

        using var none = Of(new CapOptions { AlertsPerUserPerDay = 0, AlertBytesPerUserPerDay = 0 }, redis);
        none.Take(User, int.MaxValue).ShouldBeNull();
    }

    [Fact]
    public async Task AlertsAtOnce_StopAtTheCap()
    {
        await using var redis = Link(null);
        using var daily = Of(new CapOptions { AlertsPerUserPerDay = 1000 }, redis);
        var counted = 0;

        Parallel.For(
            0,
            5000,
            _ =>
            {
                if (daily.Take(User, 1) is null)
                {
                    Interlocked.Increment(ref counted);
                }
            }
        );

        counted.ShouldBe(1000);
    }

    [Fact]
    public async Task Instances_AddUpInRedis_AndARestartGoesOn()
    {
        await using var server = await RedisServer.StartAsync(appendOnly: false);
        await using var redis = Link(server.ConnectionString);
        await Until.True(() => redis.IsConnected);
        var caps = new CapOptions { AlertsPerUserPerDay = 10 };
        using var here = Of(caps, redis);
        using var there = Of(caps, redis);
        await here.StartAsync(CancellationToken.None);
        await there.StartAsync(CancellationToken.None);
        for (var i = 0; i < 5; i++)
        {
            here.Take(User, 1).ShouldBeNull();
            there.Take(User, 1).ShouldBeNull();
        }

        await Until.True(() => here.Take(User, 1) is not null && there.Take(User, 1) is not null);
        await here.StopAsync(CancellationToken.None);
        await there.StopAsync(CancellationToken.None);

        using var again = Of(caps, redis);
        await again.StartAsync(CancellationToken.None);
        await Until.True(() => again.Take(User, 1) is not null);
        await again.StopAsync(CancellationToken.None);
    }

    private static DailyAlerts Of(CapOptions caps, RedisLink redis) => new(Options.Create(caps), redis, TimeProvider.System);

    private static RedisLink Link(string? address) =>
        new(
            new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:Redis", address)]).Build(),
            Options.Create(new RedisOptions()),
            TimeProvider.System,
            NullLogger<RedisLink>.Instance
        );
}
