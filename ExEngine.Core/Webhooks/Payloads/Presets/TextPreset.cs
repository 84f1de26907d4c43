using System.Text.Json;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>
/// One line: an action, a symbol and, where it applies, a size: <c>buy BTC/USDT 0.001</c>, <c>sell BTCUSDT 50%</c>,
/// <c>close BTCUSDT</c>. A bare number is in base; <c>%</c> is of the equity for a buy and of the position for a sell.
/// Or the lines that OctoBot reads (<see cref="OctoBotLines"/>).
/// </summary>
public sealed class TextPreset : Preset
{
    private const string Help = "Write one line such as: buy BTC/USDT 0.001, sell BTCUSDT 50%, or close BTCUSDT";

    public override string Id => "text";

    public override string Name => "Plain text";

    public override PresetFields Fields { get; } = new("symbol", ["quantity", "VOLUME"], "PRICE", "STOP_PRICE");

    public override string Hint => "The secret is a word of its own, secret=…, at the end of the line.";

    public override bool ReadsText => true;

    public override SignalDraft? ReadText(string text, ReadingProblems problems)
    {
        if (OctoBotLines.Recognises(text))
        {
            return OctoBotLines.Read(text, problems);
        }

        var errors = problems.Errors;
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(w => !IsSecret(w)).ToArray();
        if (words.Length is < 2 or > 3)
        {
            errors.Add(new FieldError("", $"The message has {words.Length} words, and an alert has two or three. {Help}."));
            return null;
        }

        if (!Vocabulary.Actions.TryGetValue(words[0].ToLowerInvariant(), out var action))
        {
            var shown = words[0][..Math.Min(words[0].Length, 40)];
            errors.Add(new FieldError("action", $"The action is \"{shown}\"; allowed are {string.Join(", ", Vocabulary.Actions.Keys)}."));
        }

        if (words[1].Length > 64)
        {
            errors.Add(new FieldError("symbol", $"The symbol has {words[1].Length} characters; at most 64 are allowed."));
        }

        var draft = new SignalDraft
        {
            Action = action,
            Symbol = words[1],
            OrderType = OrderType.Market,
        };
        return words.Length == 3 ? WithSize(draft, words[2], problems) : draft;
    }

    public override string Strategy(string? secret) =>
        Lines(
            secret,
            [
                ("SYMBOL", "{{ticker}}"),
                ("SIGNAL", "{{strategy.order.action}}"),
                ("VOLUME", "{{strategy.order.contracts}}"),
                .. StrategyPosition.Fields.Select(f => (f.Name.ToUpperInvariant(), f.Value)),
            ]
        );

    public override string Indicator(string? secret, SampleOrder? size) =>
        size is { Dollars: not null }
            ? Lines(secret, [("SYMBOL", "{{ticker}}"), ("SIGNAL", "buy"), .. OctoBotLines.SizeOf(size)])
            : $"buy {{{{ticker}}}} {(size is null ? "" : ExactJson.Text(size.Quantity))}".TrimEnd() + $" {Stated(secret)}".TrimEnd();

    public override string Sample(SampleAlert alert) => $"buy {alert.Symbol} {alert.Quantity} {Stated(alert.Secret)}".TrimEnd();

    private static string Lines(string? secret, IEnumerable<(string Name, string Value)> fields) =>
        string.Join(';', fields.Select(f => $"{f.Name}={f.Value}").Append(Stated(secret)).Where(f => f.Length > 0));

    private static string Stated(string? secret) => secret is null ? "" : "secret=" + secret;

    // What proves the sender, cut already, is no word of the alert.
    private static bool IsSecret(string word) =>
        word.StartsWith("secret=", StringComparison.Ordinal) || word.StartsWith("passphrase=", StringComparison.Ordinal);

    private static SignalDraft WithSize(SignalDraft draft, string size, ReadingProblems problems)
    {
        var isShare = size.EndsWith('%');
        if (!ExactNumber.TryParse(isShare ? size[..^1] : size, out var value, out var problem))
        {
            var isEmpty = new StatedField("quantity", "quantity", JsonSerializer.SerializeToElement(size), FieldMeaning.Quantity).IsEmpty;
            problems.Doubt(FieldMeaning.Quantity, new FieldError("quantity", $"The size {problem}. {Help}."), isEmpty);
            return draft;
        }

        if (value <= 0 || (isShare && value > 100))
        {
            var rule = $"The size is {size}; it must be above 0{(isShare ? " and at most 100 %" : "")}.";
            problems.Doubt(FieldMeaning.Quantity, new FieldError("quantity", rule), isEmpty: value == 0);
            return draft;
        }

        var mode = draft.Action is SignalAction.Buy or SignalAction.Add ? SizeMode.PercentOfEquity : SizeMode.PercentOfPosition;
        return isShare ? draft with { Size = new SignalSize(mode, value) } : draft with { Quantity = value };
    }
}
