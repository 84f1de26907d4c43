using CsvHelper;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Web.Api.Csv;

public static class SignalCsv
{
    public static readonly string[] Head =
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

    public static void Write(CsvWriter csv, SignalRow row)
    {
        csv.WriteField(row.Id);
        csv.WriteTime(row.ReceivedAt);
        csv.WriteField(row.Webhook);
        csv.WriteField(row.Symbol);
        csv.WriteField(row.Action);
        csv.WriteField(row.Size);
        csv.WriteName(row.Status);
        csv.WriteField(row.Code);
        csv.WriteField(row.Reason);
        csv.WriteField(SignalView.Milliseconds(row.Latency));
        csv.WriteField(row.Preset);
    }
}
