using System.Text.Json.Nodes;
using ExEngine.Tests.FakeExchange.Trading;

namespace ExEngine.Tests.FakeExchange;

/// <summary>A symbol with its filters, each number as Binance writes it: as text, with zeros at the end.</summary>
internal sealed record FakeMarket(string Base, string Quote, string Tick, string Step)
{
    public string MinPrice { get; init; } = Tick;
    public string MaxPrice { get; init; } = "1000000.00000000";
    public string MinQuantity { get; init; } = Step;
    public string MaxQuantity { get; init; } = "9000.00000000";
    public string MinMarketQuantity { get; init; } = "0.00000000";
    public string MaxMarketQuantity { get; init; } = "120.50000000";
    public string MarketStep { get; init; } = "0.00000000";
    public string MinNotional { get; init; } = "5.00000000";
    public string MaxNotional { get; init; } = "9000000.00000000";
    public string Status { get; init; } = "TRADING";
    public bool Perpetual { get; init; }

    /// <summary>The older filter, without a maximum.</summary>
    public bool OldNotional { get; init; }

    /// <summary>Above 0 adds PERCENT_PRICE_BY_SIDE: a price is at most this many times higher, or lower, than the last one.</summary>
    public string PriceFactor { get; init; } = "0";

    /// <summary>What the last trade was at when the exchange starts.</summary>
    public decimal StartPrice { get; init; } = 100;

    public string Id => Base + Quote;

    /// <summary>The most decimals that a quantity may have.</summary>
    public int BasePrecision => Math.Max(8, Decimals.Places(Decimals.Parse(Step)));

    /// <summary>The most decimals that a price may have.</summary>
    public int QuotePrecision => Math.Max(8, Decimals.Places(Decimals.Parse(Tick)));

    public JsonObject ToJson()
    {
        var symbol = new JsonObject
        {
            ["symbol"] = Id,
            ["status"] = Status,
            ["baseAsset"] = Base,
            ["baseAssetPrecision"] = BasePrecision,
            ["quoteAsset"] = Quote,
            ["quotePrecision"] = QuotePrecision,
            ["quoteAssetPrecision"] = QuotePrecision,
            ["baseCommissionPrecision"] = 8,
            ["quoteCommissionPrecision"] = 8,
            ["orderTypes"] = new JsonArray([.. Enum.GetNames<FakeOrderType>().Select(n => (JsonNode)n)]),
            ["icebergAllowed"] = false,
            ["ocoAllowed"] = false,
            ["quoteOrderQtyMarketAllowed"] = true,
            ["allowTrailingStop"] = false,
            ["cancelReplaceAllowed"] = false,
            ["isSpotTradingAllowed"] = true,
            ["isMarginTradingAllowed"] = false,
            ["permissions"] = new JsonArray(),
            ["permissionSets"] = new JsonArray(new JsonArray("SPOT")),
            ["defaultSelfTradePreventionMode"] = "EXPIRE_MAKER",
            ["filters"] = FakeFilters.Json(this),
        };
        if (Perpetual)
        {
            symbol["pair"] = Id;
            symbol["contractType"] = "PERPETUAL";
            symbol["deliveryDate"] = 4133404800000;
            symbol["marginAsset"] = Quote;
            symbol["pricePrecision"] = 2;
            symbol["quantityPrecision"] = 3;
        }

        return symbol;
    }
}
