using CsvHelper;
using ExEngine.Core.Orders.Queries;

namespace ExEngine.Web.Api.Csv;

/// <summary>Executions; amounts are as in REST. The profit is what a fill realised, in quote.</summary>
public static class FillCsv
{
    public static readonly string[] Head =
    [
        "id",
        "at",
        "account",
        "exchange",
        "symbol",
        "side",
        "quantity",
        "price",
        "cost",
        "fee",
        "feeAsset",
        "isMaker",
        "realizedProfit",
        "kind",
        "orderId",
        "exchangeTradeId",
    ];

    public static void Write(CsvWriter csv, FillRow row)
    {
        var fill = row.Fill;
        csv.WriteField(fill.Id);
        csv.WriteTime(fill.At);
        csv.WriteField(row.Account);
        csv.WriteField(row.Exchange);
        csv.WriteField(fill.Symbol);
        csv.WriteName(fill.Side);
        csv.WriteField(fill.Quantity);
        csv.WriteField(fill.Price);
        csv.WriteField(fill.Cost);
        csv.WriteField(fill.Fee);
        csv.WriteField(fill.FeeAsset);
        csv.WriteField(fill.IsMaker);
        csv.WriteField(fill.RealizedProfit);
        csv.WriteName(fill.Kind);
        csv.WriteField(fill.OrderId == Guid.Empty ? null : (Guid?)fill.OrderId);
        csv.WriteField(fill.ExchangeTradeId);
    }
}
