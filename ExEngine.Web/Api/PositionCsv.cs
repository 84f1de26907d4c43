using System.Globalization;
using CsvHelper;
using ExEngine.Core.Text;

namespace ExEngine.Web.Api;

/// <summary>Positions as CSV (RFC 4180, UTF-8), with exact numbers.</summary>
public static class PositionCsv
{
    public const string ContentType = "text/csv; charset=utf-8";
    public const int MaxRows = 10_000;

    private static readonly string[] Head =
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

    public static async Task WriteAsync(IEnumerable<PositionView> rows, Stream stream, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(stream, CsvWriterOptions.Default, leaveOpen: true);
        await csv.WriteRecordAsync(Head, cancellationToken);
        foreach (var row in rows)
        {
            await csv.WriteRecordAsync(Fields(row), cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }

    private static string?[] Fields(PositionView row) =>
        [
            row.Id.ToString(),
            Safe(row.Account),
            row.Symbol,
            Safe(row.Owner.Name ?? row.Owner.Kind.ToString().ToLowerInvariant()),
            row.Side,
            Text(row.Quantity),
            Text(row.AverageEntry),
            Text(row.EntryCost),
            Text(row.LastPrice),
            Text(row.Value),
            Text(row.UnrealizedProfit),
            Text(row.RoundTripProfit),
            Text(row.RealizedProfit),
            Text(row.OpenedAt),
            Text(row.ClosedAt),
        ];

    // A name that a spreadsheet would take for a formula; a loss begins with a minus too, and is a number.
    private static string Safe(string text) =>
        text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    private static string? Text(decimal? number) => number is { } value ? ExactJson.Text(value) : null;

    private static string? Text(DateTime? at) => at?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
