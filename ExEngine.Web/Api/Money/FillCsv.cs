using System.Globalization;
using CsvHelper;
using ExEngine.Core.Markets;
using ExEngine.Core.Portfolio.Money;

namespace ExEngine.Web.Api.Money;

/// <summary>
/// Fills as CSV (RFC 4180, UTF-8), a row at a time. Names come from people and symbols from outside, so a text that a spreadsheet would
/// take for a formula is written with an apostrophe before it; numbers below zero stay numbers.
/// </summary>
public static class FillCsv
{
    public const string ContentType = "text/csv; charset=utf-8";

    private static readonly string[] Head =
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

    /// <summary>What makes a spreadsheet take a text for a formula when it begins with it.</summary>
    private const string FormulaStarts = "=@+-\t\r";

    public static async Task WriteAsync(IAsyncEnumerable<FillLine> lines, Stream stream, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(stream, CsvWriterOptions.Default, leaveOpen: true);
        await csv.WriteRecordAsync(Head, cancellationToken);
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            await csv.WriteRecordAsync(Fields(line), cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }

    private static string?[] Fields(FillLine line)
    {
        var fill = line.Fill;
        return
        [
            fill.At.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            Text(line.Account),
            line.Mode.ToString().ToLowerInvariant(),
            Text(line.Exchange),
            Text(fill.Symbol),
            fill.Side.ToString().ToLowerInvariant(),
            fill.Kind.ToString().ToLowerInvariant(),
            Number(fill.Quantity),
            Number(fill.Price),
            Number(fill.Cost),
            Text(line.Quote),
            Number(fill.Fee),
            Text(fill.FeeAsset),
            line.CostBasis is { } cost ? Number(cost) : null,
            Number(fill.RealizedProfit),
            line.PositionId.ToString(),
            fill.OrderId == Guid.Empty ? null : fill.OrderId.ToString(),
            Text(fill.ExchangeTradeId),
            Text(line.Webhook),
        ];
    }

    private static string Number(decimal value) => IncrementMath.Shortest(value).ToString(CultureInfo.InvariantCulture);

    // The writer's own guard does not tell a loss from a formula.
    private static string? Text(string? text) => text is { Length: > 0 } && FormulaStarts.Contains(text[0]) ? "'" + text : text;
}
