using System.Text.Json.Nodes;

namespace ExEngine.Tests.FakeExchange;

/// <summary>A symbol with its filters, each number as Binance writes it: as text, with zeros at the end.</summary>
internal sealed record FakeMarket(string Base, string Quote, string Tick, string Step)
{
    public string MinPrice { get; init; } = Tick;
    public string MaxPrice { get; init; } = "1000000.00000000";
    public string MinQuantity { get; init; } = Step;
    public string MaxQuantity { get; init; } = "9000.00000000";
    public string MinNotional { get; init; } = "5.00000000";
    public string MaxNotional { get; init; } = "9000000.00000000";
    public string Status { get; init; } = "TRADING";
    public bool Perpetual { get; init; }

    /// <summary>The older filter, without a maximum.</summary>
    public bool OldNotional { get; init; }

    public string Id => Base + Quote;

    public JsonObject ToJson()
    {
        var symbol = new JsonObject
        {
            ["symbol"] = Id,
            ["status"] = Status,
            ["baseAsset"] = Base,
            ["baseAssetPrecision"] = 8,
            ["quoteAsset"] = Quote,
            ["quotePrecision"] = 8,
            ["quoteAssetPrecision"] = 8,
            ["orderTypes"] = new JsonArray("LIMIT", "LIMIT_MAKER", "MARKET", "STOP_LOSS_LIMIT", "TAKE_PROFIT_LIMIT"),
            ["isSpotTradingAllowed"] = true,
            ["isMarginTradingAllowed"] = false,
            ["permissions"] = new JsonArray(),
            ["permissionSets"] = new JsonArray(new JsonArray("SPOT")),
            ["filters"] = new JsonArray(
                new JsonObject { ["filterType"] = "PRICE_FILTER", ["minPrice"] = MinPrice, ["maxPrice"] = MaxPrice, ["tickSize"] = Tick },
                new JsonObject { ["filterType"] = "LOT_SIZE", ["minQty"] = MinQuantity, ["maxQty"] = MaxQuantity, ["stepSize"] = Step },
                new JsonObject
                {
                    ["filterType"] = "MARKET_LOT_SIZE",
                    ["minQty"] = "0.00000000",
                    ["maxQty"] = "120.50000000",
                    ["stepSize"] = "0.00000000",
                },
                Notional()),
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

    private JsonObject Notional() => Perpetual
        ? new JsonObject { ["filterType"] = "MIN_NOTIONAL", ["notional"] = MinNotional }
        : OldNotional
            ? new JsonObject { ["filterType"] = "MIN_NOTIONAL", ["minNotional"] = MinNotional, ["applyToMarket"] = true, ["avgPriceMins"] = 5 }
            : new JsonObject
            {
                ["filterType"] = "NOTIONAL",
                ["minNotional"] = MinNotional,
                ["applyMinToMarket"] = true,
                ["maxNotional"] = MaxNotional,
                ["applyMaxToMarket"] = false,
                ["avgPriceMins"] = 5,
            };
}
