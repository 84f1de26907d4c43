using System.Globalization;
using CsvHelper;
using ExEngine.Core.Markets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api.Csv;

/// <summary>
/// Rows as CSV (RFC 4180, UTF-8), a row at a time. Texts come from outside, so one that a spreadsheet would take for a formula is
/// written with an apostrophe before it; numbers are written as such, a negative one too.
/// </summary>
public static class CsvExport
{
    public const string ContentType = "text/csv; charset=utf-8";

    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly CsvWriterOptions Format = CsvWriterOptions.Default with { Injection = CsvInjection.Escape };

    /// <param name="name">Of the file, before the time and the ending.</param>
    public static PushStreamHttpResult File<T>(
        string name,
        DateTimeOffset now,
        string[] head,
        IAsyncEnumerable<T> rows,
        Action<CsvWriter, T> fields,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Stream(
            stream => WriteAsync(stream, head, rows, fields, cancellationToken),
            ContentType,
            $"{name}-{now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.csv"
        );

    /// <summary>A UTC instant in milliseconds, empty when there is none.</summary>
    public static void WriteTime(this CsvWriter csv, DateTime? at) => csv.WriteField(at?.ToString(Instant, CultureInfo.InvariantCulture));

    /// <summary>A UTC instant in microseconds: executions of one order may share a millisecond.</summary>
    public static void WriteExactTime(this CsvWriter csv, DateTime at) =>
        csv.WriteField(at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));

    /// <summary>Every digit that counts, and no zeros behind them; empty when there is none.</summary>
    public static void WriteNumber(this CsvWriter csv, decimal? number) =>
        csv.WriteField(number is { } known ? IncrementMath.Shortest(known) : null);

    /// <summary>A name of REST: the first letter small.</summary>
    public static void WriteName<T>(this CsvWriter csv, T value)
        where T : struct, Enum => csv.WriteField(RestName.Of(value));

    private static async Task WriteAsync<T>(
        Stream stream,
        string[] head,
        IAsyncEnumerable<T> rows,
        Action<CsvWriter, T> fields,
        CancellationToken cancellationToken
    )
    {
        await using var csv = CsvWriter.Create(stream, Format, leaveOpen: true);
        await csv.WriteRecordsAsync(rows, new Columns<T>(head, fields), cancellationToken);
        await csv.FlushAsync(cancellationToken);
    }

    private sealed class Columns<T>(string[] head, Action<CsvWriter, T> fields) : CsvRecordWriter<T>
    {
        public override int FieldCount => head.Length;

        public override void WriteHeader(CsvWriter writer)
        {
            foreach (var name in head)
            {
                WriteColumnName(writer, name);
            }
        }

        public override void Write(CsvWriter writer, T record) => fields(writer, record);
    }
}
