using System.Globalization;
using System.Text.Json;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Markets;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Ccxt;

/// <summary>Our steps held against CCXT's own <c>decimalToPrecision</c>, in the gateway, on generated numbers.</summary>
[NeedsServer]
public sealed class DecimalToPrecisionTests(ExchangeApp fixture) : IClassFixture<ExchangeApp>
{
    private const int CasesPerMode = 400;

    private static readonly string[] Ticks =
    [
        "0.01",
        "0.05",
        "0.25",
        "0.5",
        "0.00000001",
        "10",
        "0.001",
        "1",
        "0.1",
        "2.5",
        "0.0005",
        "100",
        "0.000001",
        "5",
        "0.3",
        "0.07",
    ];

    [Theory]
    [InlineData("tick", 11)]
    [InlineData("decimals", 12)]
    [InlineData("digits", 13)]
    public async Task GeneratedNumbers_TruncateToWhatDownGives(string counting, int seed)
    {
        var cases = Cases(counting, seed);

        var answers = await AskAsync(cases, "truncate");

        cases
            .Zip(answers, (c, answer) => (c.Value, c.Steps, Ccxt: answer, Ours: c.Steps.Down(c.Value)))
            .Where(r => Number(r.Ccxt) != r.Ours)
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("decimals", 22)]
    [InlineData("digits", 23)]
    public async Task GeneratedNumbers_RoundToWhatDownOrUpGives(string counting, int seed)
    {
        var cases = Cases(counting, seed);

        var answers = await AskAsync(cases, "round");

        cases
            .Zip(answers, (c, answer) => (c.Value, c.Steps, Ccxt: Number(answer), Down: c.Steps.Down(c.Value), Up: c.Steps.Up(c.Value)))
            .Where(r => r.Ccxt != Nearer(r.Value, r.Down, r.Up!.Value))
            .ShouldBeEmpty();
    }

    private static decimal Nearer(decimal value, decimal down, decimal up) => value - down < up - value ? down : up;

    private static List<Case> Cases(string counting, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, CasesPerMode).Select(_ => Next(random, counting))];
    }

    // Up to 15 digits, which is as far as CCXT's own numbers carry.
    private static Case Next(Random random, string counting)
    {
        var value = new decimal(random.NextInt64((long)Math.Pow(10, random.Next(1, 16)))) / (decimal)Math.Pow(10, random.Next(0, 12));
        switch (counting)
        {
            case "tick":
                var tick =
                    random.Next(4) == 0
                        ? (random.Next(1, 9_999) / (decimal)Math.Pow(10, random.Next(0, 9))).ToString(CultureInfo.InvariantCulture)
                        : Ticks[random.Next(Ticks.Length)];
                return new(value, Increments.Tick(Number(tick)), tick, counting);
            case "decimals":
                // Below zero CCXT computes in doubles, which whole numbers of this size survive.
                var places = random.Next(-4, 13);
                return new(places < 0 ? decimal.Truncate(value) : value, Increments.Decimals(places), places, counting);
            default:
                var digits = random.Next(1, 13);
                return new(value, Increments.Digits(digits), digits, counting);
        }
    }

    private async Task<IReadOnlyList<string>> AskAsync(IEnumerable<Case> cases, string mode)
    {
        var question = new
        {
            cases = cases.Select(c => new
            {
                value = c.Value.ToString(CultureInfo.InvariantCulture),
                mode,
                size = c.Size,
                counting = c.Counting,
            }),
        };
        var answer = await fixture.App.Get<GatewayClient>().PostAsync("/precision", question, CancellationToken.None);
        return [.. JsonDocument.Parse(answer).RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetString()!)];
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private sealed record Case(decimal Value, Increments Steps, object Size, string Counting);
}
