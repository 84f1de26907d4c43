using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Core.Risk;

namespace ExEngine.Core.Portfolio.Money;

/// <summary>What balances are worth by the rates of a <see cref="RateBook"/>: pure.</summary>
/// <param name="Cash">The currency itself, and dollars.</param>
/// <param name="Held">Every other coin.</param>
/// <param name="LeftOut">Assets that no market leads from to the currency, by name.</param>
/// <param name="Unknown">Assets that have a market and no price now: with one of these the sum is not known.</param>
public sealed record EquityValuation(decimal Cash, decimal Held, IReadOnlyList<string> LeftOut, IReadOnlyList<string> Unknown)
{
    public static EquityValuation Of(string exchange, IEnumerable<AssetBalance> balances, RateBook book)
    {
        var (cash, held) = (0m, 0m);
        List<string> leftOut = [];
        List<string> unknown = [];
        foreach (var balance in balances.OrderBy(b => b.Asset, StringComparer.Ordinal))
        {
            if (book.Convert(exchange, balance.Asset, balance.Total) is not { } value)
            {
                (book.Missing!.Impossible.Contains((exchange, balance.Asset)) ? leftOut : unknown).Add(balance.Asset);
            }
            else if (balance.Asset == book.Currency || DollarCoins.Contains(balance.Asset))
            {
                cash += value;
            }
            else
            {
                held += value;
            }
        }

        return new EquityValuation(cash, held, leftOut, unknown);
    }
}
