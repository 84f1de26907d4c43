using System.Text.Json.Serialization;
using ExEngine.Core.Markets;

namespace ExEngine.Web.Api;

/// <summary>A market's rules. What is left out is not limited; limits are inclusive.</summary>
/// <param name="PriceTick">Prices are multiples of it; left out where prices are limited by digits.</param>
/// <param name="PriceDigits">Significant digits that a price may have.</param>
/// <param name="QuantityStep">In base, as are all quantities.</param>
/// <param name="MinNotional">In quote; a cost is price × quantity.</param>
/// <param name="TakerFee">A fraction: 0.001 is 0.1 %.</param>
/// <param name="RulesNote">Why the exchange may refuse what these rules let pass; left out when they are all of its rules.</param>
public sealed record MarketView(
    string Symbol,
    string ExchangeSymbol,
    string Base,
    string Quote,
    string Kind,
    bool Active,
    decimal? PriceTick,
    int? PriceDigits,
    decimal? QuantityStep,
    int? QuantityDigits,
    decimal? MinQuantity,
    decimal? MaxQuantity,
    decimal? MinPrice,
    decimal? MaxPrice,
    [property: JsonPropertyName("minCost")] decimal? MinNotional,
    [property: JsonPropertyName("maxCost")] decimal? MaxNotional,
    decimal? TakerFee,
    decimal? MakerFee,
    string? RulesNote
)
{
    public static MarketView Of(Market m) =>
        new(
            m.Symbol,
            m.ExchangeSymbol,
            m.Base,
            m.Quote,
            m.Kind,
            m.Active,
            Tick(m.PriceIncrements),
            Digits(m.PriceIncrements),
            Tick(m.QuantityIncrements),
            Digits(m.QuantityIncrements),
            m.MinQuantity,
            m.MaxQuantity,
            m.MinPrice,
            m.MaxPrice,
            m.MinNotional,
            m.MaxNotional,
            m.TakerFee,
            m.MakerFee,
            m.RulesNote
        );

    private static decimal? Tick(Increments steps) => steps.IncrementAt(0);

    private static int? Digits(Increments steps) => steps.Mode == IncrementMode.SignificantDigits ? (int)steps.Size : null;
}

/// <param name="FetchedAt">UTC instant at which the exchange stated these rules.</param>
/// <param name="Stale">They were due for a refresh, but the exchange did not answer.</param>
public sealed record MarketList(
    IReadOnlyList<MarketView> Items,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
        string? NextCursor,
    DateTime FetchedAt,
    bool Stale
);
