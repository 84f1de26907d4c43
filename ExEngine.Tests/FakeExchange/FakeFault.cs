using System.Text.Json.Serialization;

namespace ExEngine.Tests.FakeExchange;

/// <summary>A fault to come: for the next requests, or for some of them by chance with a seed.</summary>
/// <param name="Executed">Whether a request that meets it has its effect.</param>
public sealed record FakeFault(FaultKind Kind, bool Executed, FaultOn On = FaultOn.Any)
{
    /// <summary>For so many requests; null is for all from now on, and has to be written: left out it is 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? Next { get; init; } = 1;

    /// <summary>From 0 to 1: how likely one of those requests meets it.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>The same seed and the same requests meet the same faults.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>For <see cref="FaultKind.Delay"/>.</summary>
    public int Milliseconds { get; init; } = 1_000;

    /// <summary>The HTTP status, where the kind has one of its own.</summary>
    public int? Status { get; init; }

    /// <summary>Only requests that name this client order id.</summary>
    public string? ClientOrderId { get; init; }

    /// <summary>Only requests of this account.</summary>
    public string? Account { get; init; }

    /// <summary>Only requests about this symbol, such as <c>BTCUSDT</c>.</summary>
    public string? Symbol { get; init; }
}
