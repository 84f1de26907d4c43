namespace ExEngine.Web.Components.Parts;

/// <summary>A price that a chart shows as a line across.</summary>
/// <param name="Price">Quote per base.</param>
/// <param name="Dashed">Something that waits, such as an open order.</param>
public sealed record ChartLine(string Title, decimal Price, Tone Tone, bool Dashed);

/// <summary>Something that happened at a time.</summary>
/// <param name="At">UTC.</param>
public sealed record ChartMark(DateTime At, bool IsBuy, string Text);
