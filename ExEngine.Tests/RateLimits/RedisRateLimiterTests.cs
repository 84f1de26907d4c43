using System.Diagnostics;
using ExEngine.Core.RateLimits;
using ExEngine.Core.Redis;
using ExEngine.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.RateLimits;

[NeedsServer]
public sealed class RedisRateLimiterTests : IAsyncLifetime
{
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartAsync(appendOnly: false);

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task TwoInstances_ShareTheirPermits()
    {
        await using var here = await Instance.StartAsync(_redis);
        await using var there = await Instance.StartAsync(_redis);
        var window = TimeSpan.FromMinutes(1);

        var decisions = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => (i % 2 == 0 ? here : there).AcquireAsync("a", 7, window)));

        decisions.Count(d => d.Allowed).ShouldBe(7);
        decisions.Where(d => !d.Allowed).ShouldAllBe(d => d.RetryAfter > TimeSpan.FromSeconds(50) && d.RetryAfter <= window);
        (await there.AcquireAsync("b", 7, window)).Allowed.ShouldBeTrue();
    }

    [Fact]
    public async Task PermitThatIsReturned_MayBeTakenByAnotherInstance()
    {
        await using var here = await Instance.StartAsync(_redis);
        await using var there = await Instance.StartAsync(_redis);
        (await here.AcquireAsync("a", 1, TimeSpan.FromMinutes(1))).Allowed.ShouldBeTrue();

        await here.ReturnAsync("a");

        (await there.AcquireAsync("a", 1, TimeSpan.FromMinutes(1))).Allowed.ShouldBeTrue();
        (await there.AcquireAsync("a", 1, TimeSpan.FromMinutes(1))).Allowed.ShouldBeFalse();
    }

    [Fact]
    public async Task ThirdWithinTheWindow_IsRefusedUntilTheFirstIsThatOld()
    {
        await using var here = await Instance.StartAsync(_redis);
        var window = TimeSpan.FromMilliseconds(600);
        var watch = Stopwatch.StartNew();

        (await here.AcquireAsync("a", 2, window)).Allowed.ShouldBeTrue();
        var afterFirst = watch.Elapsed;
        (await here.AcquireAsync("a", 2, window)).Allowed.ShouldBeTrue();
        var third = await here.AcquireAsync("a", 2, window);
        await Until.True(async () => (await here.AcquireAsync("a", 2, window)).Allowed);

        third.Allowed.ShouldBeFalse();
        third.RetryAfter.ShouldBeInRange(TimeSpan.FromTicks(1), window);
        watch.Elapsed.ShouldBeGreaterThanOrEqualTo(window - TimeSpan.FromMilliseconds(1));
        afterFirst.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task RedisThatStops_LeavesTheLocalLimiterAndTakesOverWhenItIsBack()
    {
        await using var here = await Instance.StartAsync(_redis);
        await using var there = await Instance.StartAsync(_redis);
        var window = TimeSpan.FromMinutes(1);
        (await here.AcquireAsync("a", 1, window)).Allowed.ShouldBeTrue();
        (await there.AcquireAsync("a", 1, window)).Allowed.ShouldBeFalse();

        await _redis.StopAsync();
        await Until.True(() => !here.Redis.IsConnected && !there.Redis.IsConnected);
        (await here.AcquireAsync("b", 1, window)).Allowed.ShouldBeTrue();
        (await here.AcquireAsync("b", 1, window)).Allowed.ShouldBeFalse();
        (await there.AcquireAsync("b", 1, window)).Allowed.ShouldBeTrue();

        await _redis.StartAgainAsync();
        await here.UntilSharedAsync();
        await there.UntilSharedAsync();
        (await here.AcquireAsync("c", 1, window)).Allowed.ShouldBeTrue();
        (await there.AcquireAsync("c", 1, window)).Allowed.ShouldBeFalse();
    }

    [Fact]
    public async Task RedisThatIsSilent_CostsOneRequestItsTimeAndTheOthersNothing()
    {
        await using var here = await Instance.StartAsync(_redis);
        _redis.Signal("STOP");
        try
        {
            (await here.AcquireAsync("a", 1, TimeSpan.FromMinutes(1))).Allowed.ShouldBeTrue();
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < 1_000; i++)
            {
                (await here.AcquireAsync("a", 1, TimeSpan.FromMinutes(1))).Allowed.ShouldBeFalse();
            }

            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        }
        finally
        {
            _redis.Signal("CONT");
        }

        await here.UntilSharedAsync();
    }

    private sealed class Instance : IAsyncDisposable
    {
        private readonly LocalRateLimiter _local = new(TimeProvider.System);
        private readonly RedisRateLimiter _limiter;

        private Instance(RedisServer redis)
        {
            var configuration = new ConfigurationBuilder()
                .AddInMemoryCollection([KeyValuePair.Create<string, string?>("ConnectionStrings:Redis", redis.ConnectionString)])
                .Build();
            Redis = new RedisLink(configuration, Options.Create(new RedisOptions()), TimeProvider.System, NullLogger<RedisLink>.Instance);
            _limiter = new RedisRateLimiter(Redis, _local);
        }

        public RedisLink Redis { get; }

        public static async Task<Instance> StartAsync(RedisServer redis)
        {
            var instance = new Instance(redis);
            await instance.UntilSharedAsync();
            return instance;
        }

        public async Task ReturnAsync(string key) => await _limiter.ReturnAsync(key, default);

        public async Task<RateDecision> AcquireAsync(string key, int permits, TimeSpan window) =>
            await _limiter.AcquireAsync(key, permits, window, default);

        /// <summary>Until Redis answers: right after a reconnect it may still be left alone for a moment.</summary>
        public Task UntilSharedAsync() => Until.True(async () => (await Redis.AskAsync(db => db.ScriptEvaluateAsync("return 1"))).Answered);

        public ValueTask DisposeAsync() => Redis.DisposeAsync();
    }
}
