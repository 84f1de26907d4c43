using System.Text.Json.Serialization;
using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Markets;

namespace ExEngine.Web.Api.Bots;

/// <summary>A preview; prices in quote per base, quantities in base, money in quote.</summary>
/// <param name="ReferencePrice">What it was counted with; null when there is none.</param>
/// <param name="FundsRequired">When everything is filled: the same as <paramref name="FundsWorst"/>.</param>
/// <param name="FundsNow">What goes to the exchange at the start.</param>
/// <param name="FreeQuote">On the account; null when it is not known.</param>
/// <param name="Stops">At the stop, and 2 % worse.</param>
/// <param name="Problems">What keeps it from being started; those of single lines are in the lines.</param>
/// <param name="Start">What the conditions of its start say now; null without conditions.</param>
/// <param name="IsFine">Nothing keeps it from being started.</param>
public sealed record BotPreviewView(
    string Kind,
    string Symbol,
    string Base,
    string Quote,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] decimal? ReferencePrice,
    IReadOnlyList<BotPreviewLineView> Lines,
    decimal FundsRequired,
    decimal FundsNow,
    decimal FundsWorst,
    decimal? FreeQuote,
    IReadOnlyList<FallPreview> Falls,
    IReadOnlyList<FallPreview> Stops,
    IReadOnlyList<string> Problems,
    IReadOnlyList<string> Warnings,
    bool IsFine,
    StartView? Start,
    FeeRates Fees,
    string FeeSource
)
{
    public static BotPreviewView Of(BotPreviewResult.Done done)
    {
        var preview = done.Outlook.Preview;
        return new(
            done.Draft.Kind,
            done.Ground.Market.Symbol,
            done.Ground.Market.Base,
            done.Ground.Market.Quote,
            done.Context.Price,
            [.. preview.Lines.Select(BotPreviewLineView.Of)],
            preview.FundsWorst,
            preview.FundsNow,
            preview.FundsWorst,
            done.Context.FreeQuote,
            done.Outlook.Falls,
            done.Outlook.Stops,
            preview.Problems,
            preview.Warnings,
            preview.IsFine,
            StartView.Of(done.Context.Start),
            done.Ground.Fees,
            done.Ground.FeeSource
        );
    }
}

/// <param name="Index">From 0, the base order; of a grid the line from the lowest, and -1 what is bought at the start.</param>
/// <param name="At">Of recurring buys: when.</param>
/// <param name="IsVirtual">Planned, and not at the exchange at first.</param>
public sealed record BotPreviewLineView(
    int Index,
    OrderSide Side,
    decimal Price,
    decimal Quantity,
    decimal Cost,
    decimal? DeviationPercent,
    decimal? Average,
    decimal? TakeProfit,
    decimal? NetTakeProfit,
    decimal? NeededRisePercent,
    decimal? Net,
    decimal? NetPercent,
    bool IsVirtual,
    DateTime? At,
    IReadOnlyList<string> Problems
)
{
    public static BotPreviewLineView Of(PreviewLine line) =>
        new(
            line.Index,
            line.Side,
            line.Price,
            line.Quantity,
            line.Cost,
            line.Deviation,
            line.Average,
            line.TakeProfit,
            line.NetTakeProfit,
            line.NeededRise,
            line.Net,
            line.NetPercent,
            line.IsVirtual,
            line.At,
            line.Problem is { } problem ? [problem] : []
        );
}
