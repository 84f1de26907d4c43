using System.Collections.Frozen;
using System.Text.Json;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Text;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>
/// What people call the fields of an alert, for every preset alike; compared by <see cref="FieldName.Plain"/>. A preset's own names come
/// first. A name that is not listed and looks like a size, a price or a protection is known as that and read by nobody, so that the alert
/// is refused rather than half understood.
/// </summary>
internal static class FieldWords
{
    private static readonly FrozenDictionary<string, FieldMeaning> Known = Table(
        (FieldMeaning.Symbol, "symbol ticker pair instrument instrumentid instid tvinstrument tradingpair currencypair tickerid marketsymbol"),
        (FieldMeaning.Symbol, "ordersymbol tradesymbol"),
        (FieldMeaning.Action, "action orderaction tradeaction signalaction strategyorderaction strategyaction"),
        (FieldMeaning.Side, "side orderside tradeside positionside posside"),
        (FieldMeaning.Quantity, "quantity qty contracts size units coins shares amount"),
        (FieldMeaning.Quantity, "ordersize orderqty orderquantity ordercontracts tradesize tradeqty tradequantity tradeamount"),
        (FieldMeaning.Quantity, "basequantity baseqty baseamount basesize quantitybase qtybase amountbase sizebase baseassetquantity"),
        (FieldMeaning.Quantity, "entryquantity entryqty entrysize amountpertrade strategyordercontracts"),
        (FieldMeaning.Cost, "cost quoteamount quotequantity quoteqty quotesize quoteorderqty amountquote quantityquote qtyquote sizequote notional"),
        (FieldMeaning.DollarCost, "dollaramount dollars dollarsize usdamount amountusd usdsize sizeusd usd usdquantity quantityusd"),
        (FieldMeaning.DollarCost, "usdtamount amountusdt usdtsize sizeusdt usdt usdcamount amountusdc"),
        (FieldMeaning.SizeUnit, "quantitytype qtytype sizetype amounttype amountpertradetype currencytype investmenttype ordersizetype volumetype"),
        (FieldMeaning.SizeUnit, "unit sizeunit quantityunit qtyunit amountunit unittype sizemode quantitymode qtymode amountmode sizingmode"),
        (FieldMeaning.SizeUnit, "ordersizemode tradesizetype ordersizeunit orderquantitytype orderqtytype sizingtype quantityin sizein amountin"),
        (FieldMeaning.SizeCurrency, "amountcurrency sizecurrency quantitycurrency qtycurrency ordercurrency currency"),
        (FieldMeaning.OrderType, "ordertype pricetype typeoforder orderkind executiontype exectype"),
        (FieldMeaning.Price, "price px rate orderprice tradeprice entry entryprice"),
        (FieldMeaning.LimitPrice, "limitprice limit pricelimit lmtprice limitpx limitorderprice orderlimitprice entrylimit entrylimitprice limitentry"),
        (FieldMeaning.SignalPrice, "signalprice"),
        (FieldMeaning.StopPrice, "stopprice stop stoppx trigger triggerprice stoptrigger stoptriggerprice orderstopprice stoplevel activationprice"),
        (FieldMeaning.TrailAmount, "trailamount"),
        (FieldMeaning.TrailPercent, "trailpercent"),
        (FieldMeaning.StopLoss, "stoploss sl stoplossprice slprice"),
        (FieldMeaning.StopLossPercent, "stoplosspercent stoplosspct stoplosspercentage stoplossperc slpercent slpct slpercentage slperc"),
        (FieldMeaning.TakeProfit, "takeprofit takeprofits tp tps takeprofitprice tpprice targetprice profittarget target targets"),
        (FieldMeaning.TakeProfitPercent, "takeprofitpercent takeprofitpct takeprofitpercentage takeprofitperc tppercent tppct tppercentage tpperc"),
        (FieldMeaning.Sentiment, "sentiment marketposition positionafter newposition targetposition resultingposition newmarketposition"),
        (FieldMeaning.Sentiment, "currentposition strategymarketposition pos marketpos positionstate"),
        (FieldMeaning.PositionSize, "marketpositionsize positionsize positionsizeafter newpositionsize targetpositionsize currentpositionsize"),
        (FieldMeaning.PositionSize, "strategypositionsize positionqty positionquantity positioncontracts newmarketpositionsize"),
        (FieldMeaning.PreviousSentiment, "prevmarketposition previousmarketposition prevposition previousposition positionbefore previoussentiment"),
        (FieldMeaning.PreviousPositionSize, "prevmarketpositionsize previousmarketpositionsize prevpositionsize previouspositionsize"),
        (FieldMeaning.PreviousPositionSize, "positionsizebefore"),
        (FieldMeaning.ReduceOnly, "reduceonly isreduceonly closeonly reduce"),
        (FieldMeaning.TimeInForce, "timeinforce tif"),
        (FieldMeaning.CancelOpen, "cancel cancelopen cancelorders cancelall cancelallorders cancelopenorders cancelpending cancelpendingorders"),
        (FieldMeaning.Delay, "delay delayseconds"),
        (FieldMeaning.OtherSize, "orderamount percent percentage pct perc q sz lots lot ordervolume tradevolume risk"),
        (FieldMeaning.OtherOrder, "postonly makeronly iceberg hidden closeposition reverseposition allornone aon isbuy issell ismarket islimit"),
        (FieldMeaning.OtherOrder, "expiretime expiration expiry goodtilldate goodtilltime gtd exchangeorderids trailingprofile cancelpolicy")
    );

    /// <summary>What a field is called whose preset has no name of its own for it.</summary>
    private static readonly FrozenDictionary<FieldMeaning, string> Usual = new Dictionary<FieldMeaning, string>
    {
        [FieldMeaning.Symbol] = "symbol",
        [FieldMeaning.Action] = "action",
        [FieldMeaning.Quantity] = "quantity",
        [FieldMeaning.SizeUnit] = "quantityType",
        [FieldMeaning.OrderType] = "orderType",
        [FieldMeaning.Price] = "price",
        [FieldMeaning.LimitPrice] = "limitPrice",
        [FieldMeaning.SignalPrice] = "signalPrice",
        [FieldMeaning.StopPrice] = "stopPrice",
        [FieldMeaning.StopLoss] = "stopLoss",
        [FieldMeaning.TakeProfit] = "takeProfit",
        [FieldMeaning.Sentiment] = "sentiment",
        [FieldMeaning.PositionSize] = "market_position_size",
        [FieldMeaning.PreviousSentiment] = "prev_market_position",
        [FieldMeaning.PreviousPositionSize] = "prev_market_position_size",
        [FieldMeaning.ReduceOnly] = "reduceOnly",
        [FieldMeaning.TimeInForce] = "timeInForce",
    }.ToFrozenDictionary();

    // Their value says whether they are meant: "signal" is an action in one message and the name of an indicator in another.
    private static readonly FrozenSet<string> ByValue = Set("type signal direction position trade operation op cmd command kind execution tradetype");

    private static readonly FrozenSet<string> Bars = Set("bar bars candle candles ohlc ohlcv kline klines indicators plots plot inputs");
    private static readonly FrozenSet<string> BarNames = Set("open high low close");
    private static readonly FrozenSet<string> SizeWords = Set(
        "qty quantity quantities size sizes sizing amount amt contracts lot lots shares notional units coins allocation alloc stake investment risk"
    );
    private static readonly FrozenSet<string> PercentWords = Set("percent percentage pct perc");
    private static readonly FrozenSet<string> FundWords = Set("balance equity account wallet margin portfolio position available capital");
    private static readonly FrozenSet<string> StopWords = Set("limit stop trigger activation");
    private static readonly FrozenSet<string> SideWords = Set("order buy sell exit limit stop trigger activation exec execution");
    private static readonly FrozenSet<string> ProtectionWords = Set(
        "sl tp stoploss takeprofit trail trailing trailed breakeven callback target targets"
    );

    // With one of these a size or a price is no instruction.
    private static readonly FrozenSet<string> Harmless = Set(
        "tick step min max minimum maximum bar candle font avg average sma ema ma wma vwap atr rsi lookback window period id ids name names comment reason "
            + "note text message label count interval time filled closed color version"
    );

    // The same where words are written together.
    private static readonly string[] HarmlessParts = ["tick", "step", "font", "candle", "comment", "reason", "lookback", "window", "period", "interval"];
    private static readonly string[] ProtectionParts = ["stoploss", "takeprofit", "trailing", "breakeven", "protectivestop"];
    private static readonly string[] SizeParts = ["qty", "quantity", "contracts", "amount", "sizing", "notional", "investment"];
    private static readonly string[] SizeEnds = ["size", "lots", "units", "shares"];

    // What a size may be in, under whatever name it stands.
    private static readonly FrozenSet<string> BareUnits = Set("quote notional percent percents percentage");

    // Of these names an object is a part of the order, and its price is their price.
    private static readonly FrozenSet<string> PlainParts = Set("stop limit trigger exit");

    /// <summary>The name of a field in a sentence that says what to write.</summary>
    public static string Name(FieldMeaning meaning) => Usual.GetValueOrDefault(meaning, "");

    /// <summary>What is below such a name describes bars and indicators.</summary>
    public static bool IsBar(string plain) => Bars.Contains(plain);

    /// <summary>What an object or a list of this name is as a whole: a protection, or <see cref="FieldMeaning.None"/>.</summary>
    public static FieldMeaning Container(string name, string plain) =>
        Known.GetValueOrDefault(plain) is FieldMeaning.StopLoss or FieldMeaning.TakeProfit ? Known[plain]
        : !PlainParts.Contains(plain) && (Protects(plain, FieldName.Words(name)) || IsStop(plain, FieldName.Words(name)))
            ? FieldMeaning.OtherProtection
        : plain.Length >= 5 && Misspelt(plain, m => m is FieldMeaning.StopLoss or FieldMeaning.TakeProfit) is not null
            ? FieldMeaning.OtherProtection
        : FieldMeaning.None;

    /// <param name="parent">The plain name of what holds it; null at the top.</param>
    /// <param name="value">No object and no list of objects.</param>
    public static FieldMeaning Of(string? parent, string name, JsonElement value)
    {
        var plain = FieldName.Plain(name);
        if (parent == "exit" && Known.GetValueOrDefault(plain) is FieldMeaning.Price or FieldMeaning.LimitPrice or FieldMeaning.StopPrice)
        {
            return FieldMeaning.OtherProtection;
        }

        if (parent is not null && Known.TryGetValue(parent + plain, out var joined))
        {
            return ByNumber(joined, value);
        }

        if (ByValue.Contains(parent + plain) || ByValue.Contains(plain))
        {
            return OfValue(plain, value);
        }

        return Known.TryGetValue(plain, out var meaning) ? ByNumber(meaning, value) : Guess(plain, name, value);
    }

    /// <summary>
    /// Whether a volume is the bar's: TradingView's <c>{{volume}}</c> beside a stated size, or among several prices of the bar. Alone it may
    /// as well be the size.
    /// </summary>
    public static bool IsBarVolume(IReadOnlyList<StatedField> all) =>
        all.Any(f => f.Meaning is FieldMeaning.Quantity or FieldMeaning.Cost or FieldMeaning.DollarCost && !f.IsEmpty)
        || all.Where(f => BarNames.Contains(f.Plain)).DistinctBy(f => f.Plain).Count() > 1;

    public static bool IsVolume(string plain) => plain is "volume" or "vol";

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

    // A position may be a word or a number, a limit may be one of a rate.
    private static FieldMeaning ByNumber(FieldMeaning meaning, JsonElement value) =>
        (meaning, IsNumber(value)) switch
        {
            (FieldMeaning.Sentiment, true) => FieldMeaning.PositionSize,
            (FieldMeaning.PreviousSentiment, true) => FieldMeaning.PreviousPositionSize,
            _ => meaning,
        };

    private static FieldMeaning OfValue(string plain, JsonElement value)
    {
        if (plain == "position")
        {
            return IsNumber(value) ? FieldMeaning.PositionSize
                : WordIn(value, Vocabulary.Sentiments) ? FieldMeaning.Sentiment
                : FieldMeaning.None;
        }

        if (plain == "direction" && WordIn(value, Vocabulary.Sides))
        {
            return FieldMeaning.Side;
        }

        return WordIn(value, Vocabulary.AllOrderTypes) && plain is not "signal" and not "direction" ? FieldMeaning.OrderType
            : WordIn(value, Vocabulary.Actions) || WordIn(value, Vocabulary.DirectedActions) ? FieldMeaning.Action
            : plain is "type" && LooksLikeOrderType(value) ? FieldMeaning.OrderType
            : FieldMeaning.None;
    }

    private static bool LooksLikeOrderType(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
        && StatedField.TextOf(value) is { } text
        && FieldName.Words(text).Any(w => StopWords.Contains(w) || ProtectionWords.Contains(w) || w is "market" or "twap" or "iceberg" or "oco");

    private static FieldMeaning Guess(string plain, string name, JsonElement value)
    {
        if (!SaysSomething(value))
        {
            return FieldMeaning.None;
        }

        var words = FieldName.Words(name);
        if (words.Any(Harmless.Contains) || (words.Count == 1 && HarmlessParts.Any(p => plain.Contains(p, StringComparison.Ordinal))))
        {
            return FieldMeaning.None;
        }

        // Whatever the name is: "style": "limit", "how": "percent_of_equity".
        if (SaysHow(value) is var how and not FieldMeaning.None && plain != "order")
        {
            return how;
        }

        if (Protects(plain, words))
        {
            return IsNumberedTarget(words) ? FieldMeaning.TakeProfit : FieldMeaning.OtherProtection;
        }

        return IsSize(plain, words) ? FieldMeaning.OtherSize
            : IsStop(plain, words) || (words.Contains("price") && words.Any(SideWords.Contains)) ? FieldMeaning.OtherPrice
            : plain.Length >= 5 && Misspelt(plain, _ => true) is { } meant ? Other(meant)
            : FieldMeaning.None;
    }

    private static bool Protects(string plain, IReadOnlyList<string> words) =>
        words.Any(ProtectionWords.Contains)
        || (words.Contains("stop") && words.Contains("loss"))
        || (words.Contains("take") && words.Contains("profit"))
        || (words.Contains("break") && words.Contains("even"))
        || ProtectionParts.Any(p => plain.Contains(p, StringComparison.Ordinal));

    private static bool IsSize(string plain, IReadOnlyList<string> words) =>
        words.Any(SizeWords.Contains)
        || (words.Any(PercentWords.Contains) && words.Any(FundWords.Contains))
        || SizeParts.Any(p => plain.Contains(p, StringComparison.Ordinal))
        || SizeEnds.Any(p => plain.EndsWith(p, StringComparison.Ordinal));

    private static bool IsStop(string plain, IReadOnlyList<string> words) =>
        words.Any(StopWords.Contains)
        || plain.Contains("stop", StringComparison.Ordinal)
        || plain.EndsWith("limit", StringComparison.Ordinal)
        || plain.StartsWith("limit", StringComparison.Ordinal);

    private static FieldMeaning SaysHow(JsonElement value) =>
        value.ValueKind != JsonValueKind.String || StatedField.TextOf(value) is not { } text ? FieldMeaning.None
        : Vocabulary.Find(Vocabulary.AllOrderTypes, text) is { } type && type != OrderType.Market ? FieldMeaning.OtherOrder
        : BareUnits.Contains(FieldName.Plain(text)) ? FieldMeaning.OtherSize
        : UnitWords.Find(text) is SizeMode.PercentOfEquity or SizeMode.PercentOfAvailable or SizeMode.PercentOfPosition or SizeMode.RiskPercent
            ? FieldMeaning.OtherSize
        : FieldMeaning.None;

    // tp1, take_profit_2, TAKE_PROFIT_PRICE_1, target3, tp2_price
    private static bool IsNumberedTarget(IReadOnlyList<string> words) =>
        words.Any(w => char.IsDigit(w[0]))
        && words.All(w => char.IsDigit(w[0]) || w is "tp" or "take" or "profit" or "takeprofit" or "target" or "price");

    private static FieldMeaning? Misspelt(string plain, Func<FieldMeaning, bool> isMeant)
    {
        foreach (var (word, meaning) in Known)
        {
            if (word.Length >= 5 && isMeant(meaning) && FieldName.IsMisspelt(plain, word))
            {
                return meaning;
            }
        }

        return null;
    }

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
            JsonValueKind.String => StatedField.TextOf(value) is { } text
                && text.Length <= 40
                && !text.Any(char.IsWhiteSpace),
            _ => false,
        };

    private static bool IsNumber(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        || (value.ValueKind == JsonValueKind.String && ExactNumber.TryParse(StatedField.TextOf(value) ?? "", out _, out _));

    private static bool WordIn<T>(JsonElement value, IReadOnlyDictionary<string, T> words)
        where T : struct => value.ValueKind == JsonValueKind.String && StatedField.TextOf(value) is { } text && Vocabulary.Find(words, text) is not null;

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, FieldMeaning> Table(params (FieldMeaning Meaning, string Names)[] rows) =>
        rows.SelectMany(r => r.Names.Split(' ').Select(n => KeyValuePair.Create(n, r.Meaning))).ToFrozenDictionary(StringComparer.Ordinal);
}
