using System.Globalization;
using ExEngine.Tests.FakeExchange.Dialect;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.FakeExchange.Suite;

[NeedsServer]
public sealed class WeightsTests(FakeExchangeFixture fixture) : IClassFixture<FakeExchangeFixture>
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 40, TimeSpan.Zero);

    [Fact]
    public void WeightOverTheLimit_Is429UntilTheMinuteEnds()
    {
        var weights = With(new FakeLimits { Weight = 50 });

        weights.Take("ip", 50, Start).ShouldBe((50, null, 0));
        var (used, refusal, retryAfter) = weights.Take("ip", 1, Start);

        (used, refusal!.Status, refusal.Code, retryAfter).ShouldBe((51, 429, -1003, 20));
        weights.Take("another", 1, Start).Refusal.ShouldBeNull();
        weights.Take("ip", 1, Start.AddSeconds(20)).ShouldBe((1, null, 0));
    }

    [Fact]
    public void Ignored429_BecomesABanThatOutlivesTheMinute()
    {
        var weights = With(
            new FakeLimits
            {
                Weight = 1,
                BanAfter = 3,
                BanSeconds = 120,
            }
        );

        var answers = Enumerable.Range(0, 6).Select(_ => weights.Take("ip", 1, Start).Refusal?.Status).ToList();

        answers.ShouldBe([null, 429, 429, 429, 418, 418]);
        weights.Take("ip", 1, Start.AddSeconds(119)).RetryAfter.ShouldBe(1);
        weights.Take("ip", 1, Start.AddSeconds(120)).Refusal.ShouldBeNull();
    }

    [Fact]
    public void OrdersOverTheirLimit_AreRefusedPerAccount()
    {
        var weights = With(new FakeLimits { OrdersIn10Seconds = 2 });

        weights.Order("one", Start).ShouldBe((1, false));
        weights.Order("one", Start).ShouldBe((2, false));
        weights.Order("one", Start).ShouldBe((3, true));
        weights.Order("two", Start).ShouldBe((1, false));
        weights.Order("one", Start.AddSeconds(10)).ShouldBe((1, false));
    }

    [Fact]
    public async Task Ccxt_SeesTheWeightItUsed_AndTheRefusals()
    {
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(market);
        await customer.CallAsync("loadMarkets");
        await fixture.Exchange.SetLimitsAsync(
            new FakeLimits
            {
                Weight = 25,
                WindowSeconds = 86_400,
                BanAfter = 1,
                BanSeconds = 60,
            }
        );
        try
        {
            var first = await customer.TryAsync("fetchBalance");
            var second = await customer.TryAsync("fetchBalance");
            var order = await customer.TryOrderAsync("market", "buy", "1");

            first.Headers["x-mbx-used-weight-1m"]!.ToString().ShouldBe("20");
            second.Error.ShouldBe("DDoSProtection");
            second.Message.ShouldContain("429");
            int.Parse(second.Headers["retry-after"]!.ToString(), CultureInfo.InvariantCulture).ShouldBeInRange(1, 86_400);
            order.Message.ShouldContain("418");
            order.Headers["retry-after"]!.ToString().ShouldBe("60");
            (await customer.LedgerAsync()).Placings.ShouldHaveSingleItem().Executed.ShouldBe(false);
        }
        finally
        {
            await fixture.Exchange.SetLimitsAsync(new FakeLimits());
        }
    }

    private static Weights With(FakeLimits limits)
    {
        var weights = new Weights();
        weights.Set(limits);
        return weights;
    }
}
