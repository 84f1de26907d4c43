using System.Numerics;
using ExEngine.Core.Markets;
using ExEngine.Core.Positions;
using ExEngine.Tests.Markets;

namespace ExEngine.Tests.Positions;

/// <summary>
/// The oracle: counts fills in exact fractions by the documented rule alone. It shares nothing with the product's arithmetic but the
/// rounding of a cost's share, half to even at 16 decimals or at those of the cost, which it makes anew from whole numbers.
/// </summary>
internal sealed class Ledger
{
    private static readonly Rational Zero = Rational.Zero;

    public Rational Quantity { get; private set; } = Zero;
    public Rational Cost { get; private set; } = Zero;
    public Rational Profit { get; private set; } = Zero;
    public Rational Untracked { get; private set; } = Zero;

    /// <summary>All quote that came in less all that went out, but what untracked coins brought.</summary>
    public Rational Money { get; private set; } = Zero;
    public Dictionary<string, Rational> Fees { get; } = [];

    public void Count(Fill fill)
    {
        var fee = Rational.Of(fill.Fee);
        if (fill.FeeAsset is { } asset)
        {
            Fees[asset] = Fees.GetValueOrDefault(asset, Zero) + fee;
        }

        var coins = Rational.Of(fill.Side == OrderSide.Buy ? fill.Quantity : -fill.Quantity) - (fill.FeeAsset == "BTC" ? fee : Zero);
        var money = Rational.Of(fill.Side == OrderSide.Buy ? -fill.Cost : fill.Cost) - (fill.FeeAsset == "USDT" ? fee : Zero);
        if (fill.Side == OrderSide.Buy)
        {
            (Quantity, Cost, Money) = (Quantity + coins, Cost - money, Money + money);
            return;
        }

        var gone = Zero - coins;
        if (gone <= Quantity && !gone.Same(Quantity))
        {
            var part = Rounded(Cost * gone / Quantity, Places(Cost));
            (Quantity, Cost, Profit, Money) = (Quantity - gone, Cost - part, Profit + money - part, Money + money);
            return;
        }

        var ours = gone.Same(Quantity) ? money : Rounded(money * Quantity / gone, Places(money));
        (Untracked, Profit, Money) = (Untracked + gone - Quantity, Profit + ours - Cost, Money + ours);
        (Quantity, Cost) = (Zero, Zero);
    }

    // 16, or as many decimals as it takes to write the amount.
    private static int Places(Rational amount)
    {
        var places = 16;
        while (!(amount.Numerator * BigInteger.Pow(10, places) % amount.Denominator).IsZero)
        {
            places++;
        }

        return places;
    }

    private static Rational Rounded(Rational value, int places)
    {
        var scaled = BigInteger.Abs(value.Numerator) * BigInteger.Pow(10, places);
        var whole = scaled / value.Denominator;
        var twice = (scaled - (whole * value.Denominator)) * 2;
        if (twice > value.Denominator || (twice == value.Denominator && !whole.IsEven))
        {
            whole++;
        }

        return Rational.Of(value.Numerator.Sign * whole, -places);
    }
}
