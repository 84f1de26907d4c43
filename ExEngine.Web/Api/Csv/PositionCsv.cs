using CsvHelper;

namespace ExEngine.Web.Api.Csv;

/// <summary>Positions, with exact numbers.</summary>
public static class PositionCsv
{
    public const int MaxRows = 10_000;

    public static readonly string[] Head =
    [
        "id",
        "account",
        "symbol",
        "owner",
        "side",
        "quantity",
        "averageEntry",
        "entryCost",
        "lastPrice",
        "value",
        "unrealizedProfit",
        "roundProfit",
        "realizedProfit",
        "openedAt",
        "closedAt",
    ];

    public static void Write(CsvWriter csv, PositionView row)
    {
        csv.WriteField(row.Id);
        csv.WriteField(row.Account);
        csv.WriteField(row.Symbol);
        csv.WriteField(row.Owner.Name ?? row.Owner.Kind.ToString().ToLowerInvariant());
        csv.WriteField(row.Side);
        csv.WriteNumber(row.Quantity);
        csv.WriteNumber(row.AverageEntry);
        csv.WriteNumber(row.EntryCost);
        csv.WriteNumber(row.LastPrice);
        csv.WriteNumber(row.Value);
        csv.WriteNumber(row.UnrealizedProfit);
        csv.WriteNumber(row.RoundTripProfit);
        csv.WriteNumber(row.RealizedProfit);
        csv.WriteTime(row.OpenedAt);
        csv.WriteTime(row.ClosedAt);
    }
}
