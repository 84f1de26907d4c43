using System.Globalization;
using System.Text.Json;

namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>Reads what a paper account starts with.</summary>
public static class AccountBalances
{
    /// <summary>Asset to exact decimal, as it was stated; empty for a live account.</summary>
    public static IReadOnlyDictionary<string, string> Of(ExchangeAccount account) =>
        account.PaperBalances is { } json
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(json)!
            : new Dictionary<string, string>();

    /// <summary>The same as numbers.</summary>
    public static IEnumerable<(string Asset, decimal Amount)> Amounts(ExchangeAccount account) =>
        Of(account).Select(b => (b.Key, decimal.Parse(b.Value, CultureInfo.InvariantCulture)));
}
