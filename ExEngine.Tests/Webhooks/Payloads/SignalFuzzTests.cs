using System.Text;
using System.Text.Json;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Payloads;
using ExEngine.Core.Webhooks.Payloads.Presets;
using ExEngine.Tests.Support;
using ExEngine.Tests.Webhooks.Intake;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Payloads;

/// <summary>Whatever arrives: it is read or refused, never thrown at, and its secret is gone.</summary>
public sealed class SignalFuzzTests
{
    private const string Secret = "zq-fuzz-secret-zq";

    private static readonly string[] Seeds =
    [
        $$"""{"exchange":"binance","symbol":"BTC/USDT","action":"buy","order_type":"limit","trade_price":"60000.10","trade_quantity":0.001,"id":"abc-1","time":"2026-01-02T03:04:05Z","secret":"{{Secret}}"}""",
        """{"ticker":"BTCUSDT","action":"buy","quantity":"1e3","takeProfit":{"percent":2.5},"stopLoss":{"type":"stop","amount":"1"},"extras":{"a":[1,null,true]},"delay":5}""",
        $$"""{"n\u0061me":"\ud83d\ude80","s\u0065cret":"{{Secret}}","list":[[[{"passphrase":"{{Secret}}"}]]]}""",
        "buy BTC/USDT 0.001",
        $"EXCHANGE=binance\nSYMBOL=BTCUSDT\nSIGNAL=BUY\nVOLUME=10a%\nPRICE=1 secret={Secret}",
        $$$"""{"secret":"{{{Secret}}}","max_lag":"300","tv_instrument":"BTCUSDT","action":"enter_long","bot_uuid":"{{{Secret}}}","strategy_info":{"market_position":"long","market_position_size":"1"},"order":{"amount":"5","currency_type":"base"},"take_profit":{"steps":[{"price_percent":1,"volume_percent":50}]},"stop_loss":{"trigger_price_percent":"2"}}""",
        $$"""{"id":"L","action":"EXIT_LONG","instrument":"BTC-USDT","signalToken":"{{Secret}}","timestamp":"2026-01-02T03:04:05Z","maxLag":"60","investmentType":"percentage_position","amount":"50"}""",
        """{"code":"ENTER-LONG_Binance_BTCUSDT_bot_1h_8e34479cfe49027eda195457","amountPerTradeType":"$","amountPerTrade":0.1,"takeProfits":[{"priceDeviation":0.1,"portfolio":0.5}],"stopLoss":{"priceDeviation":1}}""",
        "EXIT-ALL_Binance_NONE_bot_1h_8e34479cfe49027eda195457",
        "\uFEFF{\"a\":\"“smart”\"}",
    ];

    private static readonly string[] Spices =
    [
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "\\",
        "\\u0000",
        "\\ud800",
        "\\udc00",
        "NaN",
        "null",
        "-1",
        "1e999",
        "9999999999999999999999999999999999999",
        "\0",
        "“",
        "🚀",
        "\u2028",
        "true",
        "\"action\":",
        "\"secret\":",
        "secret=",
        "VOLUME=",
        "ENTER-LONG_",
        "EXIT-",
        "\"code\":",
        "\"order\":{",
        "[{",
        ";",
        " ",
        "{{close}}",
        "🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀",
    ];

    private static readonly CustomPreset Mapped = (CustomPreset)
        Preset.For(
            CustomPreset.CustomId,
            """
            {"symbol":"$.symbol","action":{"path":"$.action","values":{"ENTER_LONG":"buy"}},"quantity":"$.trade_quantity","price":"$.trade_price","id":"$.id",
             "time":"$.time","cost":"$.list[0][0]","takeProfits[0].percent":"$.takeProfit.percent","stopLoss.percent":"$.stopLoss.amount"}
            """
        );

    private static readonly Gen<byte[]> AnyBytes = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf();

    private static readonly Gen<(int At, int Cut, string Insert)> OneEdit =
        from at in Gen.Choose(0, 10_000)
        from cut in Gen.Choose(0, 6)
        from spice in Gen.Elements(Spices)
        select (at, cut, spice);

    private static readonly Gen<byte[]> Mutated =
        from seed in Gen.Elements(Seeds)
        from edits in OneEdit.ArrayOf(3)
        from bytes in Gen.Frequency((9, Gen.Constant(Array.Empty<byte>())), (1, AnyBytes))
        select Edit(Encoding.UTF8.GetBytes(seed), edits, bytes);

    /// <summary>An alert with mistakes, as text; now and then any text at all.</summary>
    internal static string Next(Random random)
    {
        var edits = Enumerable
            .Range(0, random.Next(4))
            .Select(_ => (random.Next(10_000), random.Next(7), Spices[random.Next(Spices.Length)]))
            .ToArray();
        var bytes = new byte[random.Next(10) == 0 ? random.Next(200) : 0];
        random.NextBytes(bytes);
        return Encoding.UTF8.GetString(Edit(Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]), edits, bytes));
    }

    [Fact]
    public void RandomBytes_AreReadOrRefused() => ForAll(AnyBytes, 2_000);

    [Fact]
    public void AlertsWithMistakes_AreReadOrRefusedAndLoseTheirSecret() => ForAll(Mutated, 6_000);

    private static void ForAll(Gen<byte[]> bodies, int count) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Need.Cases(count)).WithReplay(20_260_102, 297),
            Prop.ForAll(Arb.From(bodies), Holds)
        );

    private static void Holds(byte[] body)
    {
        var webhook = Doors.Secret(Secret);
        var kept = SecretFields.Redact(body, webhook.Secrets);
        WebhookAuth.Check(webhook, default, body, DateTime.UnixEpoch, TimeSpan.FromSeconds(300));
        SamplePaths.Of(kept.Text).All(path => path.StartsWith('$')).ShouldBeTrue();
        foreach (var preset in Preset.Ids)
        {
            var reading = SignalParser.Parse(
                kept.Bytes,
                Doors.Rules with
                {
                    Preset = preset,
                    Custom = preset == Mapped.Id ? Mapped : null,
                }
            );
            var findings = PrecheckResult.Of(reading, Doors.Rules, marketSet: null, DateTime.UnixEpoch);

            (reading.Draft is not null || reading.Errors.Count > 0).ShouldBeTrue();
            var stored = kept.Text + JsonSerializer.Serialize(findings, ExactJson.Options);
            stored.ShouldNotContain(Secret);
            stored.ShouldNotContain("\0");
        }
    }

    private static byte[] Edit(byte[] seed, (int At, int Cut, string Insert)[] edits, byte[] bytes)
    {
        var body = seed.ToList();
        foreach (var (at, cut, insert) in edits)
        {
            var start = at % (body.Count + 1);
            body.RemoveRange(start, Math.Min(cut, body.Count - start));
            body.InsertRange(start, Encoding.UTF8.GetBytes(insert));
        }

        body.InsertRange(body.Count / 2, bytes);
        return [.. body];
    }
}
