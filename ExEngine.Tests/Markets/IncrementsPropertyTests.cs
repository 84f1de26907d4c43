using System.Numerics;
using ExEngine.Core.Markets;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Markets;

/// <summary>Generated ticks, decimal places and digits; the reference computes in whole numbers of any length.</summary>
public sealed class IncrementsPropertyTests
{
    /// <summary>Any decimal from 0 up: all lengths from 1 to 29 digits and all 29 places of the point.</summary>
    private static readonly Gen<decimal> AnyDecimal =
        from a in Gen.Choose(int.MinValue, int.MaxValue)
        from b in Gen.Choose(int.MinValue, int.MaxValue)
        from c in Gen.Choose(int.MinValue, int.MaxValue)
        from shift in Gen.Choose(0, 95)
        from scale in Gen.Choose(0, 28)
        select Decimal(((new BigInteger((uint)a) << 64) | (new BigInteger((uint)b) << 32) | (uint)c) >> shift, scale);

    private static readonly Gen<decimal> MarketDecimal =
        from digits in Gen.Choose(0, int.MaxValue)
        from scale in Gen.Choose(0, 10)
        select Decimal(digits, scale);

    private static readonly Gen<Increments> AnySteps = Gen.OneOf(
        AnyDecimal.Where(t => t > 0).Select(Increments.Tick),
        MarketDecimal.Where(t => t > 0).Select(Increments.Tick),
        Gen.Elements(0.05m, 0.25m, 0.00000001m, 10m, 0.001m, 1m, 0.5m, 0.1m, 2.5m, 0.0000000000000000000000000001m).Select(Increments.Tick),
        Gen.Choose(-30, 32).Select(Increments.Decimals),
        Gen.Choose(1, 32).Select(Increments.Digits)
    );

    private static readonly Gen<(Increments Steps, decimal Value)> Cases =
        from steps in AnySteps
        from value in Gen.OneOf(AnyDecimal, MarketDecimal)
        select (steps, value);

    private static readonly Gen<(Increments Steps, decimal Value)> Multiples =
        from steps in AnySteps
        from near in Gen.OneOf(AnyDecimal, MarketDecimal)
        select (steps, steps.Down(near));

    [Fact]
    public void AnyValueOnAnySteps_DownIsTheMultipleThatWholeNumbersGive() =>
        ForAll(
            Cases,
            c =>
            {
                if (ReferenceStep(c.Steps, c.Value) is not { } step)
                {
                    c.Steps.Down(c.Value).ShouldBe(c.Value);
                    return;
                }

                var expected = step * Rational.Of(c.Value).Floor(step);
                if (expected.FitsDecimal())
                {
                    Rational.Of(c.Steps.Down(c.Value)).Same(expected).ShouldBeTrue($"{c} gave {c.Steps.Down(c.Value)}");
                }
            }
        );

    [Fact]
    public void AnyValueOnAnySteps_UpIsTheMultipleThatWholeNumbersGive() =>
        ForAll(
            Cases,
            c =>
            {
                if (ReferenceStep(c.Steps, c.Value) is not { } step)
                {
                    c.Steps.Up(c.Value).ShouldBe(c.Value);
                    return;
                }

                var value = Rational.Of(c.Value);
                var below = value.Floor(step);
                var expected = (step * below).Same(value) ? value : step * (below + 1);
                if (expected.FitsDecimal())
                {
                    Rational.Of(c.Steps.Up(c.Value)!.Value).Same(expected).ShouldBeTrue($"{c} gave {c.Steps.Up(c.Value)}");
                }
            }
        );

    [Fact]
    public void AnyValueOnAnySteps_LiesBetweenDownAndUpWhichAreOnStep() =>
        ForAll(
            Cases,
            c =>
            {
                var down = c.Steps.Down(c.Value);
                down.ShouldBeInRange(0, c.Value);
                c.Steps.Contains(down).ShouldBeTrue();
                if (c.Steps.Up(c.Value) is { } up)
                {
                    up.ShouldBeGreaterThanOrEqualTo(c.Value);
                    c.Steps.Contains(up).ShouldBeTrue($"{c} went up to {up}");
                }
            }
        );

    [Fact]
    public void ValueOffStep_DownAndUpAreOneStepApart() =>
        ForAll(
            Cases,
            c =>
            {
                if (
                    !c.Steps.Contains(c.Value)
                    && c.Steps.IncrementAt(c.Value) is { } step
                    && c.Steps.Up(c.Value) is { } up
                    && (Rational.Of(step) * (Rational.Of(c.Value).Floor(Rational.Of(step)) + 1)).FitsDecimal()
                    && (Rational.Of(step) * Rational.Of(c.Value).Floor(Rational.Of(step))).FitsDecimal()
                )
                {
                    (Rational.Of(up) - Rational.Of(c.Steps.Down(c.Value))).Same(Rational.Of(step)).ShouldBeTrue($"{c}");
                }
            }
        );

    [Fact]
    public void ValueOnStep_IsItsOwnDownAndUp() =>
        ForAll(
            Multiples,
            c =>
            {
                c.Steps.Contains(c.Value).ShouldBeTrue();
                c.Steps.Down(c.Value).ShouldBe(c.Value);
                c.Steps.Up(c.Value).ShouldBe(c.Value);
            }
        );

    [Fact]
    public void LargerValue_NeverGoesDownToLess() =>
        ForAll(
            Cases.Two(),
            pair =>
            {
                var (steps, one) = pair.Item1;
                var other = pair.Item2.Value;
                steps.Down(Math.Min(one, other)).ShouldBeLessThanOrEqualTo(steps.Down(Math.Max(one, other)));
            }
        );

    [Fact]
    public void NegativeValue_IsTheMirrorOfThePositive() =>
        ForAll(
            Cases,
            c =>
            {
                c.Steps.Down(-c.Value).ShouldBe(-c.Steps.Down(c.Value));
                c.Steps.Up(-c.Value).ShouldBe(-c.Steps.Up(c.Value));
            }
        );

    [Fact]
    public void AllowedValue_ReadsBackFromItsText() =>
        ForAll(Multiples, c => decimal.Parse(c.Steps.Text(c.Value), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(c.Value));

    private static void ForAll<T>(Gen<T> cases, Action<T> check) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(4_000).WithReplay(20_260_102, 297), Prop.ForAll(Arb.From(cases), check));

    private static Rational? ReferenceStep(Increments steps, decimal value)
    {
        switch (steps.Mode)
        {
            case IncrementMode.Tick:
                return Rational.Of(steps.Size);
            case IncrementMode.DecimalPlaces:
                var places = Math.Max(-28, (int)steps.Size);
                return places > 28 ? null : Rational.Of(1, -places);
            default:
                if (value == 0)
                {
                    return null;
                }

                var exponent = Enumerable.Range(-28, 57).Last(e => Rational.Of(1, e) <= Rational.Of(value));
                var last = exponent - (int)steps.Size + 1;
                return last < -28 ? null : Rational.Of(1, last);
        }
    }

    private static decimal Decimal(BigInteger mantissa, int scale)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits((decimal)mantissa, bits);
        return new decimal(bits[0], bits[1], bits[2], false, (byte)scale);
    }
}
