using System.Text.Json;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;

namespace ExEngine.Tests.Pages;

/// <summary>Signals of every kind, long values among them.</summary>
internal static class SampleSignals
{
    private const string OffTick = "Price 60000.105 is off the tick 0.01. Nearest allowed: 60000.10 or 60000.11.";

    /// <returns>The refused one with checks.</returns>
    public static async Task<Guid> AddAsync(SignalRows rows)
    {
        await rows.AddAsync(24);
        var other = await rows.AddWebhookAsync("Mean reversion on the four hour chart, all majors and alts");
        var ids = await rows.AddAsync(
            s => (s.Symbol, s.Action, s.Size) = ("ETH/USDT", "sell", "1.25 ETH"),
            s => (s.Symbol, s.Action, s.Size, s.WebhookId) = ("1000SHIB/USDT:USDT", "buy", "1,250,000,000 1000SHIB", other),
            s =>
                (s.Status, s.Code, s.Reason, s.Symbol, s.Action, s.Size) = (
                    SignalStatus.Refused,
                    "unparsable",
                    "The body is not JSON and no known plain-text form. Send one of the forms on the webhook's page.",
                    null,
                    null,
                    null
                ),
            s => (s.Status, s.Reason) = (SignalStatus.Stale, "The alert is 412 s old; at most 300 s are allowed."),
            s => (s.Symbol, s.Action, s.Size) = ("SOL/USDT", "exit", "50 %"),
            Refused,
            s => s.Status = SignalStatus.Planned,
            s => s.Status = SignalStatus.Done,
            s => (s.Status, s.Reason) = (SignalStatus.Failed, "The exchange refused the order: insufficient balance.")
        );
        return ids[5];
    }

    private static void Refused(Signal s)
    {
        (s.Status, s.Code, s.Reason) = (SignalStatus.Refused, RefusalCodes.PriceOffTick, OffTick);
        s.Payload =
            """{"exchange":"binance","symbol":"BTC/USDT","action":"buy","order_type":"limit","trade_price":60000.105,"trade_quantity":"0.001","note":"a value that is long enough to need a second line in a narrow drawer","live":true,"id":null}""";
        var at = s.ReceivedAt;
        s.Detail = JsonSerializer.Serialize(
            new SignalDetail
            {
                IsTest = true,
                Draft = new SignalDraft
                {
                    Symbol = "BTC/USDT",
                    Action = SignalAction.Buy,
                    OrderType = OrderType.Limit,
                    Price = 60000.105m,
                    Quantity = 0.001m,
                    Extras = new Dictionary<string, string> { ["interval"] = "240" },
                },
                Checks =
                [
                    new OrderCheck("price tick", "price", false, "60000.105", "0.01", ["60000.10", "60000.11"]),
                    new OrderCheck("minimum price", "price", true, "60000.105", "0.01", []),
                    new OrderCheck("quantity step", "quantity", true, "0.001", "0.00001", []),
                    new OrderCheck("minimum cost", "cost", true, "60.000105", "5", []),
                ],
                Refusal = new OrderRefusal(RefusalCodes.PriceOffTick, "price", "60000.105", "0.01", ["60000.10", "60000.11"], OffTick),
                Notes = ["The field \"note\" is not known to the preset and was kept."],
                Timeline =
                [
                    new("received", at),
                    new("authenticated", at.AddMilliseconds(0.4)),
                    new("parsed", at.AddMilliseconds(0.9)),
                    new("checked", at.AddMilliseconds(1.2)),
                ],
            },
            ExactJson.Options
        );
    }
}
