using System.Globalization;
using ExEngine.Core.Markets;
using ExEngine.Core.Positions;
using ExEngine.Tests.Markets;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Positions;

/// <summary>
/// 10,000 random sequences of fills: fees in base, in quote and in a third asset, rebates, told twice, out of order, late.
/// </summary>
public sealed class PositionMathPropertyTests
{
    private static readonly int Sequences = Need.Cases(10_000);

    [Fact]
    public void AnySequence_EqualsTheExactLedgerDigitForDigit()
    {
        for (var seed = 0; seed < Sequences; seed++)
        {
            var fills = Generate(new Random(seed));
            var replay = PositionMath.Of("BTC", "USDT", fills);
            var ledger = new Ledger();
            foreach (var fill in fills)
            {
                ledger.Count(fill);
            }

            var held = replay.Holding;
            Same(held.Quantity, ledger.Quantity, "quantity", seed);
            Same(held.EntryCost, ledger.Cost, "entry cost", seed);
            Same(held.RealizedProfit, ledger.Profit, "profit", seed);
            Same(held.SoldFromOutside, ledger.Untracked, "untracked", seed);
            Same(held.RealizedProfit - held.EntryCost, ledger.Money, "profit less cost against all money", seed);
            Same(replay.Profits.Values.Sum(), ledger.Profit, "sum of the fills' profits", seed);
            held.Fees.Keys.Order()
                .ShouldBe(
                    ledger.Fees.Where(f => fills.Any(x => x.FeeAsset == f.Key && x.Fee != 0)).Select(f => f.Key).Order(),
                    $"seed {seed}"
                );
            foreach (var (asset, fee) in held.Fees)
            {
                Same(fee, ledger.Fees[asset], $"fee in {asset}", seed);
            }

            if (held.AverageEntry is { } average)
            {
                var exact = ledger.Cost / ledger.Quantity;
                (Rational.Of(average) - exact <= Rational.Of(average) * Rational.Of(1, -26)).ShouldBeTrue($"average, seed {seed}");
                (exact - Rational.Of(average) <= Rational.Of(average) * Rational.Of(1, -26)).ShouldBeTrue($"average, seed {seed}");
            }
        }
    }

    [Fact]
    public void AnyOrderOfArrival_WithDuplicatesAndLateOnes_GivesTheSame()
    {
        for (var seed = 0; seed < Sequences; seed++)
        {
            var random = new Random(seed);
            var fills = Generate(random);
            var expected = PositionMath.Of("BTC", "USDT", fills);

            // As the engine does: one after the other as they come, each trade once, counted anew when one comes late.
            var arriving = fills.Concat(fills.Where(_ => random.Next(4) == 0)).ToArray();
            if (random.Next(2) == 0)
            {
                random.Shuffle(arriving);
            }

            var position = new Position
            {
                Symbol = "BTC/USDT",
                Base = "BTC",
                Quote = "USDT",
            };
            var known = new List<Fill>();
            foreach (var fill in arriving.DistinctBy(f => f.ExchangeTradeId))
            {
                known.Add(fill);
                var holding = PositionMath.NeedsReplay(position, fill)
                    ? PositionMath.Of("BTC", "USDT", known).Holding
                    : PositionMath.Apply(Holding.Of(position), fill).After;
                holding.WriteTo(position);
            }

            Text(Holding.Of(position)).ShouldBe(Text(expected.Holding), $"seed {seed}");
            Text(PositionMath.Of("BTC", "USDT", arriving).Holding).ShouldBe(Text(expected.Holding), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LateFill_CountedFromTheCurrentHoldingsBeginning_GivesTheSameAsCountingAll(bool withDust)
    {
        var market = withDust ? MarketsOf.BtcUsdt with { QuantityIncrements = Increments.Tick(0.1m), MinNotional = 100m } : null;
        var (counted, whole) = (0, 0);
        for (var seed = 0; seed < Sequences; seed++)
        {
            var random = new Random(seed);
            var fills = Generate(random);
            var late = fills[random.Next(fills.Count)];
            var known = fills.Where(f => f != late).ToList();
            var before = PositionMath.Of("BTC", "USDT", known, market);
            var expected = PositionMath.Of("BTC", "USDT", fills, market);
            var round = known.Where(f => f.At >= before.Holding.OpenedAt).ToList();
            if (late == fills[^1] || PositionMath.OfRound(before.Holding, round, [late], market) is not { } replay)
            {
                whole++;
                continue;
            }

            counted += round.Count < known.Count ? 1 : 0;
            Text(replay.Holding).ShouldBe(Text(expected.Holding), $"seed {seed}");
            foreach (var fill in fills)
            {
                replay
                    .Profits.GetValueOrDefault(fill.Id, before.Profits.GetValueOrDefault(fill.Id))
                    .ShouldBe(expected.Profits[fill.Id], $"seed {seed}");
            }
        }

        counted.ShouldBeGreaterThan(Sequences / 50, $"{whole} counted whole");
    }

    [Fact]
    public void Flat_LeavesNoCostBehind()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var fills = Generate(new Random(seed));
            var held = PositionMath.Of("BTC", "USDT", fills).Holding;
            if (held.Quantity > 0)
            {
                var last = Fills.Sell(1_000_000, held.Quantity, 50_000m);
                var (flat, _, _) = PositionMath.Apply(held, last);
                (flat.Quantity, flat.EntryCost).ShouldBe((0m, 0m), $"seed {seed}");
                flat.ClosedAt.ShouldBe(last.At);
            }
        }
    }

    private static List<Fill> Generate(Random random)
    {
        var fills = new List<Fill>();
        var held = 0m;
        var at = Fills.Start;
        for (var i = 0; i < random.Next(1, 25); i++)
        {
            var isBuy = held == 0 ? random.Next(20) > 0 : random.Next(5) < 3;
            var quantity = Decimal(random, 1, 1_000_000_000, 8);
            if (!isBuy && held > 0 && random.Next(10) < 8)
            {
                quantity = random.Next(4) == 0 ? held : Math.Max(decimal.Round(held * random.Next(1, 1_000) / 1_000m, 8), 0.00000001m);
            }

            var price = Decimal(random, 1, 10_000_000, random.Next(0, 9));
            var fee = random.Next(6) switch
            {
                0 => (0m, (string?)null),
                1 or 2 => (decimal.Round(quantity * 0.001m, 8), "BTC"),
                3 or 4 => (decimal.Round(quantity * price * 0.001m, 8), "USDT"),
                _ => (Decimal(random, 0, 1_000_000, 8) * (random.Next(5) == 0 ? -1 : 1), "BNB"),
            };
            if (fee.Item2 == "USDT" && random.Next(10) == 0)
            {
                fee.Item1 = -fee.Item1;
            }

            // An exit is sized from what is left: a fee in base comes on top of a sell only where it was not.
            var fill = isBuy
                ? Fills.Buy(i + 1, quantity, price, fee.Item1, fee.Item2)
                : Fills.Sell(i + 1, quantity, price, fee.Item1, fee.Item2);
            at = random.Next(3) == 0 ? at : at.AddMilliseconds(random.Next(1, 5_000));
            fill.At = at;
            fill.ExchangeTradeId = (1_000 + i).ToString(CultureInfo.InvariantCulture);
            fills.Add(fill);
            held = Math.Max(0, held + (isBuy ? quantity : -quantity) - (fee.Item2 == "BTC" ? fee.Item1 : 0));
        }

        return fills;
    }

    private static decimal Decimal(Random random, int least, int most, int scale) =>
        new(random.Next(least, most), 0, 0, false, (byte)scale);

    private static string Text(Holding h) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Trim(h.Quantity)} {Trim(h.EntryCost)} {Trim(h.RealizedProfit)} {Trim(h.RoundTripProfit)} {Trim(h.SoldFromOutside)} {string.Join(',', h.Fees.OrderBy(f => f.Key).Select(f => f.Key + Trim(f.Value)))} {h.OpenedAt:O} {h.ClosedAt:O} {h.LastFillAt:O} {h.LastTradeId}"
        );

    private static decimal Trim(decimal value) => value / 1.0000000000000000000000000000m;

    private static void Same(decimal actual, Rational expected, string what, int seed)
    {
        if (!Rational.Of(actual).Same(expected))
        {
            throw new ShouldAssertException(
                $"{what} is {actual}, and the ledger has {expected.Numerator} / {expected.Denominator}; seed {seed}."
            );
        }
    }
}
