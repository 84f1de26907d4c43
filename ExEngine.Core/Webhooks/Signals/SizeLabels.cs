using ExEngine.Core.Planning;
using ExEngine.Core.Text;

namespace ExEngine.Core.Webhooks.Signals;

/// <summary>The size of a draft in words, for tables: <c>0.001 BTC</c>, <c>60 USDT</c>, <c>50 % of position</c>.</summary>
public static class SizeLabels
{
    /// <param name="symbol">Unified symbol, for the units; any other text leaves them out.</param>
    public static string? Of(SignalDraft draft, string? symbol)
    {
        var slash = symbol?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        var unitBase = slash > 0 ? " " + symbol![..slash] : "";
        var unitQuote = slash > 0 ? " " + symbol![(slash + 1)..].Split(':')[0] : " in quote";
        return draft switch
        {
            { Bot.Amount: { } amount } => ExactJson.Text(amount) + unitQuote,
            { Quantity: { } quantity } => ExactJson.Text(quantity) + unitBase,
            { Cost: { } cost } => ExactJson.Text(cost) + unitQuote,
            { Size: { } size } => ExactJson.Text(size.Value)
                + size.Mode switch
                {
                    SizeMode.Base => unitBase,
                    SizeMode.Quote => unitQuote,
                    SizeMode.PercentOfEquity => " % of equity",
                    SizeMode.PercentOfAvailable => " % of available",
                    SizeMode.PercentOfPosition => " % of position",
                    SizeMode.RiskAmount => unitQuote + " at risk",
                    _ => " % at risk",
                },
            _ => null,
        };
    }
}
