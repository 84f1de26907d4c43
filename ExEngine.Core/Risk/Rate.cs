using System.Globalization;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Risk;

/// <summary>What one of an asset was worth in the reporting currency.</summary>
/// <param name="Value">Currency per asset, above zero.</param>
/// <param name="Age">How long ago the oldest of its prices was heard.</param>
/// <param name="IsAssumed">Two dollars without a market between them: taken as one.</param>
public sealed record Rate(string Exchange, string Asset, string Currency, decimal Value, TimeSpan Age, bool IsAssumed)
{
    private const int Digits = 6;

    /// <summary>For messages: <c>1 BTC = 100,743 USDT, 3 s old</c>.</summary>
    public string Text =>
        IsAssumed
            ? $"1 {Asset} counts as 1 {Currency}"
            : $"1 {Asset} = {Short(Value)} {Currency}, {((long)Age.TotalSeconds).ToString(CultureInfo.InvariantCulture)} s old";

    // Six digits that count; whole numbers keep all of theirs.
    private static string Short(decimal value) =>
        decimal.Round(value, Math.Clamp(Digits - 1 - IncrementMath.Exponent(value), 0, IncrementMath.MaxScale))
            .ToString("#,0.############################", CultureInfo.InvariantCulture);
}
