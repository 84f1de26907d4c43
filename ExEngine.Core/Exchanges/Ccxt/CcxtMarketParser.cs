using System.Globalization;
using System.Text.Json;
using ExEngine.Core.Exchanges.Ccxt.Descriptions;
using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>Reads the gateway's answer. Every number is a string there, and none is rounded here.</summary>
public static class CcxtMarketParser
{
    private const int DecimalPlaces = 2;
    private const int SignificantDigits = 3;
    private const int TickSize = 4;
    private const int MaxDigits = 28;

    /// <summary>
    /// Spot markets, and derivatives that are sized in base or in contracts of it. Left out: options, inverse contracts
    /// (their quantity is in quote), and markets whose step cannot be read exactly.
    /// </summary>
    /// <exception cref="FormatException">A precision mode that CCXT did not have.</exception>
    public static CcxtRules Parse(string json)
    {
        var answer =
            JsonSerializer.Deserialize<CcxtMarkets>(json, ExactJson.Options) ?? throw new FormatException("The gateway's answer is empty.");
        return new(
            [.. answer.Items.Select(m => Read(m, answer)).OfType<Market>()],
            [.. (answer.Missing ?? []).SelectMany(Kinds).Distinct()]
        );
    }

    // Of what is left out above, nothing can be missing. All derivatives that are kept are linear.
    private static string[] Kinds(string missing) =>
        missing switch
        {
            "spot" or "swap" or "future" => [missing],
            "inverse" or "option" => [],
            _ => ["swap", "future"],
        };

    private static Market? Read(CcxtMarket market, CcxtMarkets answer)
    {
        var isContract = market.Type is "swap" or "future";
        var contract = isContract ? Number(market.ContractSize) ?? 1 : 1;
        if (
            (market.Type != "spot" && !(isContract && market.Linear == true))
            || market.Symbol is null
            || contract <= 0
            || market.Base is null
            || market.Quote is null
            || CcxtIncrements.Price(answer, market) is not { } price
            || CcxtIncrements.Quantity(answer, market, contract) is not { } quantity
        )
        {
            return null;
        }

        var limits = market.Limits;
        return new Market
        {
            Exchange = answer.Exchange,
            Symbol = market.Symbol,
            ExchangeSymbol = market.Id ?? market.Symbol,
            Base = market.Base,
            Quote = market.Quote,
            Kind = market.Type!,
            Active = market.Active,
            PriceIncrements = price,
            QuantityIncrements = quantity,
            CostIncrements = CcxtIncrements.Cost(answer, market),
            MinPrice = Limit(limits?.Price?.Min),
            MaxPrice = Limit(limits?.Price?.Max),
            MinQuantity = Limit(limits?.Amount?.Min) * contract,
            MaxQuantity = Limit(limits?.Amount?.Max) * contract,
            MinMarketQuantity = Limit(limits?.Market?.Min) * contract,
            MaxMarketQuantity = Limit(limits?.Market?.Max) * contract,
            MinNotional = Limit(limits?.Cost?.Min),
            MaxNotional = Limit(limits?.Cost?.Max),
            MinNotionalAtMarket = market.CostAtMarket?.Min ?? true,
            MaxNotionalAtMarket = market.CostAtMarket?.Max ?? true,
            RulesNote = Note(answer.Exchange, market),
            TakerFee = Number(market.Taker),
            MakerFee = Number(market.Maker),
        };
    }

    private static string? Note(string exchange, CcxtMarket market) =>
        ExchangeDescriptions.Of(exchange).PriceTicksByLevel
            ? "The rules are not fully known: the price tick grows with the price here, and the exchange does not state its steps."
        : string.IsNullOrEmpty(market.Precision?.Price) && string.IsNullOrEmpty(market.Precision?.Amount)
            ? "The rules are not fully known: the exchange states neither a price tick nor a quantity step."
        : string.IsNullOrEmpty(market.Precision?.Price) ? "The rules are not fully known: the exchange states no price tick."
        : string.IsNullOrEmpty(market.Precision?.Amount) ? "The rules are not fully known: the exchange states no quantity step."
        : null;

    /// <summary>Increments of a mode; null when the text is no exact number.</summary>
    internal static Increments? Increments(int mode, string? size, decimal contract = 1)
    {
        if (string.IsNullOrEmpty(size))
        {
            return Markets.Increments.Any;
        }

        return Number(size) is not { } number
            ? null
            : mode switch
            {
                TickSize => Markets.Increments.Tick(number * contract),
                DecimalPlaces when contract == 1 => Markets.Increments.Decimals((int)number),
                DecimalPlaces => Markets.Increments.Tick(Markets.Increments.Decimals((int)number).IncrementAt(0)!.Value * contract),
                SignificantDigits => Markets.Increments.Digits((int)number),
                _ => throw new FormatException($"The gateway states the precision mode {mode}, which CCXT does not have."),
            };
    }

    // Exchanges write 0 where they have no limit. One with more than 28 digits is kept to 28, which is better than none;
    // one that is larger than every decimal limits nothing.
    private static decimal? Limit(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0
            ? IncrementMath.Shortest(number)
            : null;

    /// <summary>Without the zeros at the end that exchanges like to write; null when a decimal cannot hold it exactly.</summary>
    internal static decimal? Number(string? text)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        // The parser rounds what is too long for it, in silence.
        var parts = text.Trim().Split('e', 'E');
        var exponent = parts.Length == 2 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var digits = parts[0].Split('.');
        var decimals = digits.Length == 2 ? digits[1].TrimEnd('0') : "";
        var significant = (digits[0].TrimStart('+', '-') + decimals).TrimStart('0').Length;
        return significant <= MaxDigits && (significant == 0 || decimals.Length - exponent <= MaxDigits)
            ? IncrementMath.Shortest(number)
            : null;
    }
}
