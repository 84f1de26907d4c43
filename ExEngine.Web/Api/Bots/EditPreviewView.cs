using System.Text.Json.Serialization;
using ExEngine.Core.Bots.Edits;
using ExEngine.Core.Bots.Running;

namespace ExEngine.Web.Api.Bots;

/// <summary>What an edit would do to a bot's orders; prices in quote per base, quantities in base.</summary>
/// <param name="ReferencePrice">What it was counted with; null when there is none.</param>
/// <param name="Changes">Orders that are cancelled, placed or moved.</param>
/// <param name="Kept">How many orders stay as they are.</param>
/// <param name="Limits">What of the settings does not hold for what runs, and why; with <c>isRefused</c> they are not saved like this.</param>
/// <param name="Notes">What else is to be known, in sentences.</param>
public sealed record EditPreviewView(
    Guid Id,
    BotStatus Status,
    string Symbol,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] decimal? ReferencePrice,
    IReadOnlyList<EditRow> Changes,
    int Kept,
    IReadOnlyList<EditLimit> Limits,
    IReadOnlyList<string> Notes
)
{
    public static EditPreviewView Of(EditPreview preview) =>
        new(
            preview.Bot.Id,
            preview.Bot.Status,
            preview.Bot.Symbol,
            preview.Price,
            preview.Diff.Rows,
            preview.Diff.Kept,
            preview.Limits,
            [.. preview.Notes, .. preview.Diff.Notes]
        );
}
