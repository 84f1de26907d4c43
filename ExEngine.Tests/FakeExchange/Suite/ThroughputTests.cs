using System.Diagnostics;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.FakeExchange.Suite;

/// <summary>The exchange is what others are measured against, so it must not be what is slow.</summary>
[Collection(Alone.Name)]
[NeedsServer]
public sealed class ThroughputTests(ITestOutputHelper output)
{
    private const int Orders = 2_000;

    [Fact]
    public async Task FiveHundredOrdersASecond_AreNoEffort()
    {
        await using var exchange = await FakeExchangeProcess.StartAsync();
        var key = await exchange.CreateAccountAsync(new Dictionary<string, decimal> { ["USDT"] = 10_000_000 });
        using var client = new SignedClient(exchange.Address, key);
        await SendAsync(200, "warm");
        var watch = Stopwatch.StartNew();

        await SendAsync(Orders, "timed");

        var each = Orders / watch.Elapsed.TotalSeconds;
        output.WriteLine($"{each:F0} orders a second");
        each.ShouldBeGreaterThan(500);
        (await exchange.LedgerAsync()).Fills.Count.ShouldBe(Orders + 200);

        Task SendAsync(int count, string name) =>
            Parallel.ForEachAsync(
                Enumerable.Range(0, count),
                new ParallelOptions { MaxDegreeOfParallelism = 8 },
                async (i, _) =>
                    (
                        await client.OrderAsync($"symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.001&newClientOrderId={name}-{i}")
                    ).ShouldBeNull()
            );
    }
}
