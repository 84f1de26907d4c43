using System.Text.Json.Nodes;
using ExEngine.Tests.FakeExchange.Trading;

namespace ExEngine.Tests.FakeExchange;

/// <summary>A market's filters as <c>exchangeInfo</c> lists them.</summary>
internal static class FakeFilters
{
    public static JsonArray Json(FakeMarket market)
    {
        var filters = new JsonArray(
            new JsonObject
            {
                ["filterType"] = "PRICE_FILTER",
                ["minPrice"] = market.MinPrice,
                ["maxPrice"] = market.MaxPrice,
                ["tickSize"] = market.Tick,
            },
            Lot("LOT_SIZE", market.MinQuantity, market.MaxQuantity, market.Step),
            Lot("MARKET_LOT_SIZE", market.MinMarketQuantity, market.MaxMarketQuantity, market.MarketStep),
            Notional(market),
            new JsonObject { ["filterType"] = "MAX_NUM_ORDERS", ["maxNumOrders"] = Filters.MostOpenOrders },
            new JsonObject { ["filterType"] = "MAX_NUM_ALGO_ORDERS", ["maxNumAlgoOrders"] = Filters.MostOpenStops }
        );
        if (market.PriceFactor != "0")
        {
            var down = Decimals.Text(1 / Decimals.Parse(market.PriceFactor));
            filters.Add(
                new JsonObject
                {
                    ["filterType"] = "PERCENT_PRICE_BY_SIDE",
                    ["bidMultiplierUp"] = market.PriceFactor,
                    ["bidMultiplierDown"] = down,
                    ["askMultiplierUp"] = market.PriceFactor,
                    ["askMultiplierDown"] = down,
                    ["avgPriceMins"] = 0,
                }
            );
        }

        return filters;
    }

    private static JsonObject Lot(string name, string min, string max, string step) =>
        new()
        {
            ["filterType"] = name,
            ["minQty"] = min,
            ["maxQty"] = max,
            ["stepSize"] = step,
        };

    private static JsonObject Notional(FakeMarket market) =>
        market.Perpetual ? new JsonObject { ["filterType"] = "MIN_NOTIONAL", ["notional"] = market.MinNotional }
        : market.OldNotional
            ? new JsonObject
            {
                ["filterType"] = "MIN_NOTIONAL",
                ["minNotional"] = market.MinNotional,
                ["applyToMarket"] = true,
                ["avgPriceMins"] = 5,
            }
        : new JsonObject
        {
            ["filterType"] = "NOTIONAL",
            ["minNotional"] = market.MinNotional,
            ["applyMinToMarket"] = true,
            ["maxNotional"] = market.MaxNotional,
            ["applyMaxToMarket"] = false,
            ["avgPriceMins"] = 5,
        };
}
