using CsvHelper;
using ExEngine.Core.Bots.Backtest;
using ExEngine.Web.Api.Csv;

namespace ExEngine.Web.Api.Bots;

/// <summary>Fills of a backtest.</summary>
public static class BacktestFillCsv
{
    public static readonly string[] Head = ["at", "leg", "side", "price", "quantity", "cost", "fee"];

    public static void Write(CsvWriter csv, BacktestFill fill)
    {
        csv.WriteTime(fill.At);
        csv.WriteField(fill.Leg);
        csv.WriteName(fill.Side);
        csv.WriteNumber(fill.Price);
        csv.WriteNumber(fill.Quantity);
        csv.WriteNumber(fill.Price * fill.Quantity);
        csv.WriteNumber(fill.Fee);
    }
}
