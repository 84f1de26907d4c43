using System.Globalization;

namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>What a paper account may start with.</summary>
public static class PaperBalance
{
    private const int MaxDigits = 28;

    /// <summary>What is wrong with the pair, or null.</summary>
    public static string? Problem(string asset, string amount)
    {
        if (asset.Length is < 1 or > 20 || !asset.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)))
        {
            return $"\"{asset}\" is not an asset: 1 to 20 upper-case letters and digits, such as USDT.";
        }

        if (
            amount.Count(char.IsAsciiDigit) > MaxDigits
            || !decimal.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
        )
        {
            return $"The amount of {asset} is \"{amount}\"; it is a plain decimal of at most {MaxDigits} digits, such as 10000 or 0.5.";
        }

        return value > 0 ? null : $"The amount of {asset} is {amount}; it is above 0. Leave the asset out instead.";
    }
}
