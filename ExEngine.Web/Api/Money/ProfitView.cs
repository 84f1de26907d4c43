using System.Globalization;
using ExEngine.Core.Portfolio.Money;

namespace ExEngine.Web.Api.Money;

/// <summary>What was realised in one group, in the currency.</summary>
/// <param name="Key">The first day, the symbol, or the id; empty for what people traded by hand.</param>
/// <param name="Profit">After fees in base and quote.</param>
/// <param name="Trades">Orders that realised something.</param>
/// <param name="ProfitFactor">Won for each unit lost; null while nothing was lost.</param>
/// <param name="Fees">By asset, as they were paid.</param>
/// <param name="FeesValue">All of them in the currency at the rates of now; null when one has none.</param>
public sealed record ProfitView(
    string Key,
    string Name,
    string Currency,
    decimal Profit,
    int Fills,
    int Trades,
    int Wins,
    int Losses,
    decimal? WinRate,
    decimal? AverageWin,
    decimal? AverageLoss,
    decimal? ProfitFactor,
    IReadOnlyDictionary<string, decimal> Fees,
    decimal? FeesValue
)
{
    public static ProfitView Of(string key, string name, ProfitSum sum, string currency) =>
        new(
            key,
            name,
            currency,
            sum.Profit,
            sum.Fills,
            sum.Trades,
            sum.Wins,
            sum.Losses,
            sum.WinRate,
            sum.AverageWin,
            sum.AverageLoss,
            sum.ProfitFactor,
            sum.Fees.ToDictionary(f => f.Asset, f => f.Amount),
            sum.FeesValue
        );

    public static ProfitView Of(ProfitDay day, string currency)
    {
        var text = day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Of(text, text, day.Sum, currency);
    }
}
