namespace ExEngine.Web.Components.Parts;

/// <summary>A price that a chart shows as a line across.</summary>
/// <param name="Price">Quote per base.</param>
/// <param name="Dashed">Something that waits, such as an open order.</param>
/// <param name="Key">Names it when it is dragged; null for one that stays where it is.</param>
public sealed record ChartLine(string Title, decimal Price, Tone Tone, bool Dashed, string? Key = null);

/// <summary>Something that was bought or sold at a time; several that are near are shown as one.</summary>
/// <param name="At">UTC.</param>
/// <param name="Quantity">In base.</param>
public sealed record ChartMark(DateTime At, bool IsBuy, decimal Quantity);
