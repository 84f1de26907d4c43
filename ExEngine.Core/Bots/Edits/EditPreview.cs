using ExEngine.Core.Bots.Running;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Edits;

/// <summary>What becomes of a bot when other settings are saved, before they are.</summary>
/// <param name="Price">Quote per base, with which it was counted; null when there is none.</param>
/// <param name="Limits">What of the settings does not hold for what runs.</param>
/// <param name="Notes">What else is to be known, in sentences.</param>
public sealed record EditPreview(
    Bot Bot,
    Market Market,
    decimal? Price,
    EditDiff Diff,
    IReadOnlyList<EditLimit> Limits,
    IReadOnlyList<string> Notes
);

public abstract record EditPreviewResult
{
    private EditPreviewResult() { }

    public sealed record Done(EditPreview Preview) : EditPreviewResult;

    public sealed record NotFound : EditPreviewResult;

    /// <param name="Errors">By field.</param>
    public sealed record Invalid(IDictionary<string, string[]> Errors) : EditPreviewResult;
}
