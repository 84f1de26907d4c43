using CsvHelper;
using CsvHelper.Configuration;
using ExEngine.Core.Webhooks;
using System.Globalization;
using System.Text;

namespace ExEngine.Web.Api;

/// <summary>
/// Signals as CSV (RFC 4180, UTF-8), a row at a time. Payloads come from outside, so a field that a spreadsheet would take
/// for a formula is written with an apostrophe before it.
/// </summary>
public static class SignalCsv
{
    public const string ContentType = "text/csv; charset=utf-8";

    private static readonly string[] Head =
        ["id", "receivedAt", "webhook", "symbol", "action", "size", "status", "code", "reason", "latencyMs", "preset"];

    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape };

    public static async Task WriteAsync(IAsyncEnumerable<SignalRow> rows, Stream stream, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        await using var csv = new CsvWriter(text, Format, leaveOpen: true);
        Write(csv, Head);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await csv.NextRecordAsync();
            Write(csv,
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
            ]);
        }

        await csv.NextRecordAsync();
        await csv.FlushAsync();
    }

    private static void Write(CsvWriter csv, IEnumerable<string?> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }
    }
}
