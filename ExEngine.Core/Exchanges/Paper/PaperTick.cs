namespace ExEngine.Core.Exchanges.Paper;

/// <param name="At">UTC instant at which the price came.</param>
public readonly record struct PaperTick(DateTime At, PaperQuote Quote);
