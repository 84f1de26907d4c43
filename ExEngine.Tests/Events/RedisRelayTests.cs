using System.Collections.Concurrent;
using System.Diagnostics;
using ExEngine.Core.Events;
using ExEngine.Core.Redis;
using ExEngine.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace ExEngine.Tests.Events;

[NeedsServer]
public sealed class RedisRelayTests
{
    private static readonly Guid User = Guid.CreateVersion7(DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task EventOfOneInstance_IsHeardOnceByTheOtherAndNotEchoed()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var here = await Instance.StartAsync(redis.ConnectionString);
        await using var there = await Instance.StartAsync(redis.ConnectionString);
        await here.UntilItReachesAsync(there);
        await there.UntilItReachesAsync(here);

        var events = Enumerable
            .Range(0, 3000)
            .Select(i => new ChangeEvent(
                User,
                ChangeKind.Signal,
                new Guid(i, 0, 0, new byte[8]),
                new Guid(i, 1, 0, new byte[8]),
                i % 2 == 0
            ))
            .ToList();
        events.ForEach(here.Feed.Publish);

        await here.UntilItReachesAsync(there);
        await there.UntilItReachesAsync(here);
        there.Heard.Where(e => e.Kind == ChangeKind.Signal).ShouldBe(events);
        here.Signals.ShouldBe(events.Select(e => e.Id));
    }

    [Fact]
    public async Task RedisThatGoesAndComesBack_CarriesEventsAgain()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var here = await Instance.StartAsync(redis.ConnectionString);
        await using var there = await Instance.StartAsync(redis.ConnectionString);
        await here.UntilItReachesAsync(there);

        await redis.StopAsync();
        await Until.True(() => !here.Redis.IsConnected);
        here.Feed.Publish(new ChangeEvent(User, ChangeKind.Signal, Guid.Empty));
        await redis.StartAgainAsync();

        await here.UntilItReachesAsync(there);
    }

    [Theory]
    [InlineData("127.0.0.1:1")]
    [InlineData("no-such-host.invalid:6379")]
    public async Task RedisThatIsNotThere_NeitherStopsTheStartNorTheFeed(string address)
    {
        await using var here = await Instance.StartAsync(address);

        here.Feed.Publish(new ChangeEvent(User, ChangeKind.Bot, Guid.Empty));

        here.Heard.Count.ShouldBe(1);
        (await here.Redis.AskAsync(r => r.StringGetAsync("x"))).Answered.ShouldBeFalse();
        // The client goes on trying by itself, which it could not if making it had failed.
        await here.Redis.WhenMadeAsync(connection => connection.IsConnected.ShouldBeFalse());
    }

    [Fact]
    public async Task RedisThatStartsLater_IsFound()
    {
        await using var redis = await RedisServer.StartAsync();
        await redis.StopAsync();
        await using var here = await Instance.StartAsync(redis.ConnectionString);
        await using var there = await Instance.StartAsync(redis.ConnectionString);

        await redis.StartAgainAsync();

        await here.UntilItReachesAsync(there, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task RedisThatRefusesTheChannel_IsAskedAgainUntilItTakesItAndHeardOnce()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var there = await Instance.StartAsync(redis.ConnectionString);
        await Until.True(async () =>
            (await there.Redis.AskAsync(r => r.ExecuteAsync("ACL", "SETUSER", "default", "resetchannels"))).Answered
        );
        await using var here = await Instance.StartAsync(redis.ConnectionString);
        await Until.True(async () =>
            (await here.Redis.AskAsync(r => r.ExecuteAsync("ACL", "LOG"))) is { Answered: true } log
            && ((RedisResult[])log.Value!).Any(entry => ((RedisResult[])entry!).Any(text => text.ToString() == "exengine:live"))
        );

        await Until.True(async () => (await here.Redis.AskAsync(r => r.ExecuteAsync("ACL", "SETUSER", "default", "allchannels"))).Answered);

        await there.UntilItReachesAsync(here);
        var once = new ChangeEvent(User, ChangeKind.Signal, Guid.NewGuid());
        there.Feed.Publish(once);
        await there.UntilItReachesAsync(here);
        here.Heard.Count(e => e == once).ShouldBe(1);
    }

    [Fact]
    public async Task SilentRedis_CostsOneWaitAndThenNone()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var here = await Instance.StartAsync(redis.ConnectionString);
        await Until.True(async () => (await here.Redis.AskAsync(r => r.StringGetAsync("x"))).Answered);

        redis.Signal("STOP");
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 50; i++)
        {
            (await here.Redis.AskAsync(r => r.StringGetAsync("x"))).Answered.ShouldBeFalse();
        }

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        redis.Signal("CONT");
        await Until.True(async () => (await here.Redis.AskAsync(r => r.StringGetAsync("x"))).Answered);
    }

    private sealed class Instance : IAsyncDisposable
    {
        private readonly IHost _host;

        private Instance(IHost host)
        {
            _host = host;
            Feed.Subscribe(User, Heard.Enqueue);
        }

        public ConcurrentQueue<ChangeEvent> Heard { get; } = new();
        public IEnumerable<Guid> Signals => Heard.Where(e => e.Kind == ChangeKind.Signal).Select(e => e.Id);
        public ChangeFeed Feed => _host.Services.GetRequiredService<ChangeFeed>();
        public RedisLink Redis => _host.Services.GetRequiredService<RedisLink>();

        public static async Task<Instance> StartAsync(string redis)
        {
            var builder = new HostApplicationBuilder();
            builder.Logging.Services.AddSingleton<Microsoft.Extensions.Logging.ILoggerFactory>(NullLoggerFactory.Instance);
            builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("ConnectionStrings:Redis", (string?)redis)]);
            builder.Services.AddSingleton(TimeProvider.System);
            builder.Services.AddOptions<RedisOptions>();
            builder.Services.AddSingleton<RedisLink>();
            builder.Services.AddSingleton<ChangeFeed>();
            builder.Services.AddHostedService(sp => ActivatorUtilities.CreateInstance<RedisRelay>(sp));
            var instance = new Instance(builder.Build());
            await instance._host.StartAsync();
            return instance;
        }

        /// <summary>Sends until the other hears, as nothing says when a subscription stands.</summary>
        public Task UntilItReachesAsync(Instance other, TimeSpan? timeout = null)
        {
            var probe = new ChangeEvent(User, ChangeKind.Risk, Guid.NewGuid());
            return Until.True(
                () =>
                {
                    Feed.Publish(probe);
                    return other.Heard.Contains(probe);
                },
                timeout
            );
        }

        public async ValueTask DisposeAsync()
        {
            await _host.StopAsync();
            await ((IAsyncDisposable)_host).DisposeAsync();
        }
    }
}
