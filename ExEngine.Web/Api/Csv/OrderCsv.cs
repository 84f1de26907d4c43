using CsvHelper;
using ExEngine.Core.Orders.Queries;

namespace ExEngine.Web.Api.Csv;

/// <summary>Orders; amounts are as in REST.</summary>
public static class OrderCsv
{
    public static readonly string[] Head =
    [
        "id",
        "createdAt",
        "finishedAt",
        "account",
        "exchange",
        "mode",
        "symbol",
        "side",
        "type",
        "quantity",
        "price",
        "stopPrice",
        "reduceOnly",
        "status",
        "filledQuantity",
        "averagePrice",
        "executedCost",
        "code",
        "reason",
        "origin",
        "originId",
        "leg",
    ];

    public static void Write(CsvWriter csv, OrderRow row)
    {
        csv.WriteField(row.Id);
        csv.WriteTime(row.CreatedAt);
        csv.WriteTime(row.FinishedAt);
        csv.WriteField(row.Account);
        csv.WriteField(row.Exchange);
        csv.WriteName(row.Mode);
        csv.WriteField(row.Symbol);
        csv.WriteName(row.Side);
        csv.WriteName(row.Type);
        csv.WriteField(row.Quantity);
        csv.WriteField(row.Price);
        csv.WriteField(row.StopPrice);
        csv.WriteField(row.ReduceOnly);
        csv.WriteName(row.Status);
        csv.WriteField(row.FilledQuantity);
        csv.WriteField(row.AveragePrice);
        csv.WriteField(row.ExecutedCost);
        csv.WriteField(row.Code);
        csv.WriteField(row.Reason);
        csv.WriteName(row.Origin);
        csv.WriteField(row.OriginId);
        csv.WriteField(row.Leg);
    }
}
