using CsvHelper;
using ExEngine.Core.Portfolio.Money;

namespace ExEngine.Web.Api.Csv;

/// <summary>Fills with what each took along of its position's cost.</summary>
public static class FillCsv
{
    public static readonly string[] Head =
    [
        "time",
        "account",
        "mode",
        "exchange",
        "symbol",
        "side",
        "kind",
        "quantity",
        "price",
        "quoteAmount",
        "quoteCoin",
        "fee",
        "feeCoin",
        "costBasis",
        "realizedProfit",
        "positionId",
        "orderId",
        "tradeId",
        "webhook",
    ];

    public static void Write(CsvWriter csv, FillLine line)
    {
        var fill = line.Fill;
        csv.WriteExactTime(fill.At);
        csv.WriteField(line.Account);
        csv.WriteName(line.Mode);
        csv.WriteField(line.Exchange);
        csv.WriteField(fill.Symbol);
        csv.WriteName(fill.Side);
        csv.WriteName(fill.Kind);
        csv.WriteNumber(fill.Quantity);
        csv.WriteNumber(fill.Price);
        csv.WriteNumber(fill.Cost);
        csv.WriteField(line.Quote);
        csv.WriteNumber(fill.Fee);
        csv.WriteField(fill.FeeAsset);
        csv.WriteNumber(line.CostBasis);
        csv.WriteNumber(fill.RealizedProfit);
        csv.WriteField(line.PositionId);
        csv.WriteField(fill.OrderId == Guid.Empty ? (Guid?)null : fill.OrderId);
        csv.WriteField(fill.ExchangeTradeId);
        csv.WriteField(line.Webhook);
    }
}
