using System.Globalization;
using CsvHelper;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Web.Api;

/// <summary>
/// Signals as CSV (RFC 4180, UTF-8), a row at a time. Payloads come from outside, so a field that a spreadsheet would take
/// for a formula is written with an apostrophe before it.
/// </summary>
public static class SignalCsv
{
    public const string ContentType = "text/csv; charset=utf-8";

    private static readonly string[] Head =
    [
        "id",
        "receivedAt",
        "webhook",
        "symbol",
        "action",
        "size",
        "status",
        "code",
        "reason",
        "latencyMs",
        "preset",
    ];

    private static readonly CsvWriterOptions Format = CsvWriterOptions.Default with { Injection = CsvInjection.Escape };

    public static async Task WriteAsync(IAsyncEnumerable<SignalRow> rows, Stream stream, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(stream, Format, leaveOpen: true);
        await csv.WriteRecordAsync(Head, cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await csv.WriteRecordAsync(Fields(row), cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }

    private static string?[] Fields(SignalRow row) =>
        [
            row.Id.ToString(),
            row.ReceivedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            row.Webhook,
            row.Symbol,
            row.Action,
            row.Size,
            row.Status.ToString().ToLowerInvariant(),
            row.Code,
            row.Reason,
            SignalView.Milliseconds(row.Latency)?.ToString(CultureInfo.InvariantCulture),
            row.Preset,
        ];
}
