namespace ExEngine.Tests.Path.Chaos;

/// <summary>What is sent, as often as it takes to be told 2xx.</summary>
/// <param name="Trader">Index of the trader whose door it goes to.</param>
/// <param name="HasOrder">Whether it is to place exactly one order; a cancel places none.</param>
internal sealed record ChaosAlert(int Trader, string Body, bool HasOrder = true);
