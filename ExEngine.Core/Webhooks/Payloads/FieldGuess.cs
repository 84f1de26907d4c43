using System.Collections.Frozen;
using System.Text.Json;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Text;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>
/// What a field is that <see cref="FieldWords"/> does not list, by the words in its name and by its value: never enough to trade by, and
/// enough to refuse what would be traded without it.
/// </summary>
internal static class FieldGuess
{
    private static readonly FrozenSet<string> SizeWords = FieldWords.Set(
        "qty quantity quantities size sizes sizing amount amt contracts lot lots shares notional unit units coins allocation alloc stake investment "
            + "fraction portion proportion leg"
    );

    // A size where they stand beside a number; "risk": "high" is a comment.
    private static readonly FrozenSet<string> MoneyWords = FieldWords.Set(
        "risk cash money budget funds exposure spend nominal collateral margin worth"
    );
    private static readonly FrozenSet<string> PercentWords = FieldWords.Set("percent percentage percents pct perc");

    // A share of something that happened, and not of something to be traded.
    private static readonly FrozenSet<string> Observed = FieldWords.Set(
        "change changes chg rsi pnl gain move diff drawdown win roi volatility yield apr funding interest spread fee reward day hour week"
    );
    private static readonly FrozenSet<string> StopWords = FieldWords.Set("limit stop trigger activation");
    private static readonly FrozenSet<string> ActWords = FieldWords.Set(
        "order buy sell exit close reduce trade limit stop trigger activation exec execution size position offset deviation entry usd usdt"
    );
    private static readonly FrozenSet<string> ProtectionWords = FieldWords.Set(
        "sl tp stoploss takeprofit trail trailing trailed breakeven callback target targets"
    );

    // With one of these a size or a price is no instruction.
    private static readonly FrozenSet<string> Harmless = FieldWords.Set(
        "tick step min max minimum maximum bar candle font avg average sma ema ma wma vwap atr rsi lookback window period id ids name names comment reason "
            + "note text message label count interval time filled closed color version reward"
    );

    // The same where words are written together.
    private static readonly string[] HarmlessParts =
    [
        "tick",
        "step",
        "font",
        "candle",
        "comment",
        "reason",
        "lookback",
        "window",
        "period",
        "interval",
    ];
    private static readonly string[] ProtectionParts = ["stoploss", "takeprofit", "trailing", "breakeven", "protectivestop"];
    private static readonly string[] SizeParts = ["qty", "quantity", "contracts", "amount", "sizing", "notional", "investment", "percent"];
    private static readonly string[] SizeEnds = ["size", "lots", "units", "shares", "pct"];

    // What a size may be in, under whatever name it stands.
    private static readonly FrozenSet<string> BareUnits = FieldWords.Set("quote notional percent percents percentage");

    // Of these names an object is a part of the order, and its price is their price.
    private static readonly FrozenSet<string> PlainParts = FieldWords.Set("stop limit trigger");

    public static FieldMeaning Of(string plain, string name, JsonElement value)
    {
        if (!SaysSomething(value))
        {
            return FieldMeaning.None;
        }

        var words = FieldName.Words(name);
        if (words.Contains("slippage"))
        {
            return FieldMeaning.OtherOrder;
        }

        if (words.Any(Harmless.Contains) || (words.Count == 1 && HarmlessParts.Any(p => plain.Contains(p, StringComparison.Ordinal))))
        {
            return FieldMeaning.None;
        }

        // Whatever the name is: "style": "limit", "how": "percent_of_equity", "part": "25%".
        if (SaysHow(words, value) is var how and not FieldMeaning.None && plain != "order")
        {
            return how;
        }

        if (Protects(plain, words))
        {
            return IsNumberedTarget(words) ? FieldMeaning.TakeProfit : FieldMeaning.OtherProtection;
        }

        return IsSize(plain, words) || (IsAmount(value) && IsMoney(words)) ? FieldMeaning.OtherSize
            : IsStop(plain, words) || (words.Contains("price") && words.Any(ActWords.Contains)) ? FieldMeaning.OtherPrice
            : plain.Length >= 5 && FieldWords.Misspelt(plain, _ => true) is { } meant ? Other(meant)
            : FieldMeaning.None;
    }

    /// <summary>Whether an object or a list of this name is a protection that nobody reads, with all that is in it.</summary>
    public static bool IsProtectionPart(string plain, string name)
    {
        var words = FieldName.Words(name);
        return plain is "exit" or "exits" || (!PlainParts.Contains(plain) && (Protects(plain, words) || IsStop(plain, words)));
    }

    /// <summary>A word that a type of order may be made of.</summary>
    public static bool IsOrderWord(string word) =>
        StopWords.Contains(word) || ProtectionWords.Contains(word) || word is "market" or "twap" or "iceberg" or "oco";

    /// <summary>A name that says how much, where, or how, inside a stop-loss or a target.</summary>
    public static bool CountsInProtection(string name)
    {
        var words = FieldName.Words(name);
        return !words.Any(Harmless.Contains)
            && words.Any(w =>
                SizeWords.Contains(w)
                || PercentWords.Contains(w)
                || StopWords.Contains(w)
                || ProtectionWords.Contains(w)
                || w is "price" or "deviation" or "offset" or "distance" or "type" or "volume" or "share" or "portfolio" or "ratio"
                || w is "pips" or "ticks" or "points" or "steps" or "profit" or "loss"
            );
    }

    private static bool Protects(string plain, IReadOnlyList<string> words) =>
        words.Any(ProtectionWords.Contains)
        || (words.Contains("stop") && words.Contains("loss"))
        || (words.Contains("take") && words.Contains("profit"))
        || (words.Contains("break") && words.Contains("even"))
        || (words.Any(w => w is "profit" or "loss") && words.Any(w => PercentWords.Contains(w) || w is "price" or "level" or "at"))
        || ProtectionParts.Any(p => plain.Contains(p, StringComparison.Ordinal));

    private static bool IsSize(string plain, IReadOnlyList<string> words) =>
        words.Any(SizeWords.Contains)
        || (words.Contains("ratio") && words.Any(ActWords.Contains))
        || (
            !words.Any(Observed.Contains)
            && (
                words.Any(PercentWords.Contains)
                || SizeParts.Any(p => plain.Contains(p, StringComparison.Ordinal))
                || SizeEnds.Any(p => plain.EndsWith(p, StringComparison.Ordinal))
            )
        );

    private static bool IsMoney(IReadOnlyList<string> words) =>
        !words.Any(Observed.Contains)
        && (words.Any(MoneyWords.Contains) || (words.Any(w => w is "value" or "total") && words.Any(ActWords.Contains)));

    private static bool IsAmount(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        || (value.ValueKind == JsonValueKind.String && StatedField.TextOf(value)?.Trim() is [>= '0' and <= '9', ..]);

    private static bool IsStop(string plain, IReadOnlyList<string> words) =>
        words.Any(StopWords.Contains)
        || plain.Contains("stop", StringComparison.Ordinal)
        || plain.EndsWith("limit", StringComparison.Ordinal)
        || plain.StartsWith("limit", StringComparison.Ordinal);

    private static FieldMeaning SaysHow(IReadOnlyList<string> words, JsonElement value) =>
        value.ValueKind != JsonValueKind.String || StatedField.TextOf(value) is not { } text ? FieldMeaning.None
        : Vocabulary.Find(Vocabulary.AllOrderTypes, text) is { } type && type != OrderType.Market ? FieldMeaning.OtherOrder
        : BareUnits.Contains(FieldName.Plain(text)) ? FieldMeaning.OtherSize
        : text.Trim() is [.. var share, '%']
        && ExactNumber.TryParse(share, out _, out _)
        && !words.Any(Observed.Contains)
        && !Protects("", words)
            ? FieldMeaning.OtherSize
        : UnitWords.Find(text)
            is SizeMode.PercentOfEquity
                or SizeMode.PercentOfAvailable
                or SizeMode.PercentOfPosition
                or SizeMode.RiskPercent
            ? FieldMeaning.OtherSize
        : FieldMeaning.None;

    // tp1, take_profit_2, TAKE_PROFIT_PRICE_1, target3, tp2_price
    private static bool IsNumberedTarget(IReadOnlyList<string> words) =>
        words.Any(w => char.IsDigit(w[0]))
        && words.All(w => char.IsDigit(w[0]) || w is "tp" or "take" or "profit" or "takeprofit" or "target" or "price");

    private static FieldMeaning Other(FieldMeaning meant) =>
        meant switch
        {
            FieldMeaning.Quantity or FieldMeaning.Cost or FieldMeaning.DollarCost or FieldMeaning.SizeUnit or FieldMeaning.SizeCurrency =>
                FieldMeaning.OtherSize,
            FieldMeaning.Price or FieldMeaning.LimitPrice or FieldMeaning.StopPrice => FieldMeaning.OtherPrice,
            FieldMeaning.StopLoss or FieldMeaning.StopLossPercent or FieldMeaning.TakeProfit or FieldMeaning.TakeProfitPercent =>
                FieldMeaning.OtherProtection,
            FieldMeaning.TrailAmount or FieldMeaning.TrailPercent => FieldMeaning.OtherProtection,
            FieldMeaning.SignalPrice => FieldMeaning.None,
            _ => FieldMeaning.OtherOrder,
        };

    // Free text beside such a name is a comment; a number, a share, a word alone or a yes is an instruction.
    private static bool SaysSomething(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.Array or JsonValueKind.Object => true,
            JsonValueKind.String => StatedField.TextOf(value)?.Trim() is { Length: > 0 and <= 40 } text
                && (char.IsAsciiDigit(text[0]) || !text.Any(char.IsWhiteSpace)),
            _ => false,
        };
}
