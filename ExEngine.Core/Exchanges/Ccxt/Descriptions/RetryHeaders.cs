namespace ExEngine.Core.Exchanges.Ccxt.Descriptions;

/// <summary>Headers of an answer that asks for silence, in lower case.</summary>
/// <param name="At">Unix milliseconds from which on requests are welcome again.</param>
/// <param name="After">Milliseconds until then.</param>
public sealed record RetryHeaders(string? At = null, string? After = null);
