using System.Collections.Frozen;
using System.Text.Json;
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
        (
            FieldMeaning.Symbol,
            "symbol ticker pair instrument instrumentid instid tvinstrument tradingpair currencypair tickerid marketsymbol coin productid"
        ),
        (FieldMeaning.Symbol, "ordersymbol tradesymbol tradingsymbol tvsymbol tvticker contractcode security"),
        (FieldMeaning.Action, "action orderaction tradeaction signalaction strategyorderaction strategyaction"),
        (FieldMeaning.Side, "side orderside tradeside positionside posside"),
        (FieldMeaning.Quantity, "quantity qty contracts size units coins shares amount"),
        (FieldMeaning.Quantity, "ordersize orderqty orderquantity ordercontracts tradesize tradeqty tradequantity tradeamount"),
        (FieldMeaning.Quantity, "basequantity baseqty baseamount basesize quantitybase qtybase amountbase sizebase baseassetquantity"),
        (FieldMeaning.Quantity, "entryquantity entryqty entrysize amountpertrade strategyordercontracts"),
        (
            FieldMeaning.Cost,
            "cost quoteamount quotequantity quoteqty quotesize quoteorderqty amountquote quantityquote qtyquote sizequote notional"
        ),
        (FieldMeaning.DollarCost, "dollaramount dollars dollarsize usdamount amountusd usdsize sizeusd usd usdquantity quantityusd"),
        (FieldMeaning.DollarCost, "usdtamount amountusdt usdtsize sizeusdt usdt usdcamount amountusdc"),
        (
            FieldMeaning.SizeUnit,
            "quantitytype qtytype sizetype amounttype amountpertradetype currencytype investmenttype ordersizetype volumetype"
        ),
        (
            FieldMeaning.SizeUnit,
            "unit marketunit tgtccy sizeunit quantityunit qtyunit amountunit unittype sizemode quantitymode qtymode amountmode sizingmode"
        ),
        (
            FieldMeaning.SizeUnit,
            "ordersizemode tradesizetype ordersizeunit orderquantitytype orderqtytype sizingtype quantityin sizein amountin"
        ),
        (FieldMeaning.SizeCurrency, "amountcurrency sizecurrency quantitycurrency qtycurrency ordercurrency currency"),
        (FieldMeaning.OrderType, "ordertype ordtype pricetype typeoforder orderkind executiontype exectype"),
        (FieldMeaning.Price, "price px rate orderprice tradeprice entry entryprice"),
        (
            FieldMeaning.LimitPrice,
            "limitprice limit pricelimit lmtprice limitpx limitorderprice orderlimitprice entrylimit entrylimitprice limitentry"
        ),
        (FieldMeaning.SignalPrice, "signalprice"),
        (
            FieldMeaning.StopPrice,
            "stopprice stop stoppx trigger triggerprice stoptrigger stoptriggerprice orderstopprice stoplevel activationprice"
        ),
        (FieldMeaning.TrailAmount, "trailamount"),
        (FieldMeaning.TrailPercent, "trailpercent"),
        (FieldMeaning.StopLoss, "stoploss sl stoplossprice slprice"),
        (FieldMeaning.StopLossPercent, "stoplosspercent stoplosspct stoplosspercentage stoplossperc slpercent slpct slpercentage slperc"),
        (FieldMeaning.TakeProfit, "takeprofit takeprofits tp tps takeprofitprice tpprice targetprice profittarget target targets"),
        (
            FieldMeaning.TakeProfitPercent,
            "takeprofitpercent takeprofitpct takeprofitpercentage takeprofitperc tppercent tppct tppercentage tpperc"
        ),
        (FieldMeaning.Sentiment, "sentiment marketposition positionafter newposition targetposition resultingposition newmarketposition"),
        (FieldMeaning.Sentiment, "currentposition strategymarketposition pos marketpos positionstate"),
        (
            FieldMeaning.PositionSize,
            "marketpositionsize positionsize positionsizeafter newpositionsize targetpositionsize currentpositionsize"
        ),
        (FieldMeaning.PositionSize, "strategypositionsize positionqty positionquantity positioncontracts newmarketpositionsize"),
        (
            FieldMeaning.PreviousSentiment,
            "prevmarketposition previousmarketposition prevposition previousposition positionbefore previoussentiment"
        ),
        (FieldMeaning.PreviousPositionSize, "prevmarketpositionsize previousmarketpositionsize prevpositionsize previouspositionsize"),
        (FieldMeaning.PreviousPositionSize, "positionsizebefore"),
        (FieldMeaning.ReduceOnly, "reduceonly isreduceonly closeonly reduce"),
        (FieldMeaning.TimeInForce, "timeinforce tif"),
        (
            FieldMeaning.CancelOpen,
            "cancel cancelopen cancelorders cancelall cancelallorders cancelopenorders cancelpending cancelpendingorders"
        ),
        (FieldMeaning.Delay, "delay delayseconds"),
        (FieldMeaning.OtherSize, "orderamount percent percentage pct perc q sz lots lot ordervolume tradevolume"),
        (
            FieldMeaning.OtherOrder,
            "postonly makeronly iceberg hidden closeposition reverseposition allornone aon closeall exitall flatten isbuy issell ismarket islimit"
        ),
        (
            FieldMeaning.OtherOrder,
            "expiretime expiration expiry goodtilldate goodtilltime gtd exchangeorderids trailingprofile cancelpolicy"
        )
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
    private static readonly FrozenSet<string> ByValue = Set(
        "type signal direction position trade operation op cmd command kind execution tradetype market asset product"
    );

    private static readonly string[] Quotes = ["USDT", "USDC", "USD", "EUR", "BTC", "ETH", "BNB", "FDUSD", "TRY", "GBP", "KRW"];
    private static readonly FrozenSet<string> Bars = Set("bar bars candle candles ohlc ohlcv kline klines indicators plots plot inputs");
    private static readonly FrozenSet<string> BarNames = Set("open high low close");

    /// <summary>The name of a field in a sentence that says what to write.</summary>
    public static string Name(FieldMeaning meaning) => Usual.GetValueOrDefault(meaning, "");

    /// <summary>What is below such a name describes bars and indicators.</summary>
    public static bool IsBar(string plain) => Bars.Contains(plain);

    /// <summary>What an object or a list of this name is as a whole: a protection, or <see cref="FieldMeaning.None"/>.</summary>
    public static FieldMeaning Container(string name, string plain) =>
        Known.GetValueOrDefault(plain) is FieldMeaning.StopLoss or FieldMeaning.TakeProfit ? Known[plain]
        : FieldGuess.IsProtectionPart(plain, name) ? FieldMeaning.OtherProtection
        : plain.Length >= 5 && Misspelt(plain, m => m is FieldMeaning.StopLoss or FieldMeaning.TakeProfit) is not null
            ? FieldMeaning.OtherProtection
        : FieldMeaning.None;

    /// <param name="parent">The plain name of what holds it; null at the top.</param>
    /// <param name="value">No object and no list of objects.</param>
    public static FieldMeaning Of(string? parent, string name, JsonElement value)
    {
        var plain = FieldName.Plain(name);
        if (parent is not null && Known.TryGetValue(parent + plain, out var joined))
        {
            return ByNumber(joined, value);
        }

        if (ByValue.Contains(parent + plain) || ByValue.Contains(plain))
        {
            return OfValue(plain, value);
        }

        return Known.TryGetValue(plain, out var meaning) ? ByNumber(meaning, value) : FieldGuess.Of(plain, name, value);
    }

    /// <summary>
    /// Whether a volume is the bar's: TradingView's <c>{{volume}}</c> beside a stated size, or among several prices of the bar. Alone it
    /// may as well be the size.
    /// </summary>
    public static bool IsBarVolume(IReadOnlyList<StatedField> all) =>
        all.Any(f => f.Meaning is FieldMeaning.Quantity or FieldMeaning.Cost or FieldMeaning.DollarCost && !f.IsEmpty)
        || all.Where(f => BarNames.Contains(f.Plain)).DistinctBy(f => f.Plain).Count() > 1;

    public static bool IsVolume(string plain) => plain is "volume" or "vol";

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

        if (plain is "market" or "asset" or "product")
        {
            return LooksLikeSymbol(value) ? FieldMeaning.Symbol : FieldMeaning.None;
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

    // ETHUSDT, ETH/USDT and BYBIT:ETHUSDT.P, but neither spot nor MIS.
    private static bool LooksLikeSymbol(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || StatedField.TextOf(value) is not { Length: >= 6 and <= 40 } text)
        {
            return false;
        }

        var pair = text.EndsWith(".P", StringComparison.OrdinalIgnoreCase) ? text[..^2] : text;
        return pair.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or ':')
            && Quotes.Any(q => pair.EndsWith(q, StringComparison.OrdinalIgnoreCase));
    }

    private static bool LooksLikeOrderType(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
        && StatedField.TextOf(value) is { } text
        && FieldName.Words(text).Any(FieldGuess.IsOrderWord);

    /// <summary>The meaning of the word that this one nearly is; null when it is none.</summary>
    public static FieldMeaning? Misspelt(string plain, Func<FieldMeaning, bool> isMeant)
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

    private static bool IsNumber(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        || (value.ValueKind == JsonValueKind.String && ExactNumber.TryParse(StatedField.TextOf(value) ?? "", out _, out _));

    private static bool WordIn<T>(JsonElement value, IReadOnlyDictionary<string, T> words)
        where T : struct =>
        value.ValueKind == JsonValueKind.String && StatedField.TextOf(value) is { } text && Vocabulary.Find(words, text) is not null;

    public static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, FieldMeaning> Table(params (FieldMeaning Meaning, string Names)[] rows) =>
        rows.SelectMany(r => r.Names.Split(' ').Select(n => KeyValuePair.Create(n, r.Meaning))).ToFrozenDictionary(StringComparer.Ordinal);
}
