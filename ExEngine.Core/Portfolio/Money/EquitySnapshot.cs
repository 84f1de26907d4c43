namespace ExEngine.Core.Portfolio.Money;

/// <summary>
/// What an account was worth at a moment, in the reporting currency of then. One row per account and slot: who inserts it first asks the
/// exchange and fills it in, whatever number of instances look at the clock.
/// </summary>
public sealed class EquitySnapshot
{
    public const int MaxText = 240;

    public Guid AccountId { get; set; }

    /// <summary>UTC, on a whole minute: every fifth, and the minute after a fill.</summary>
    public DateTime Slot { get; set; }
    public Guid UserId { get; set; }

    /// <summary>UTC instant at which the balances were asked for.</summary>
    public DateTime At { get; set; }

    /// <summary>What all amounts here are in.</summary>
    public required string Currency { get; set; }

    /// <summary><see cref="Cash"/> and <see cref="Held"/>; null when it is not known, which is a gap and never zero.</summary>
    public decimal? Equity { get; set; }

    /// <summary>The currency itself, and dollars.</summary>
    public decimal? Cash { get; set; }

    /// <summary>Every other coin at its last price.</summary>
    public decimal? Held { get; set; }

    /// <summary>
    /// What was there at the first look, and what came from outside since less what went there: deposits, withdrawals, and what was traded
    /// elsewhere. Equity less this is profit.
    /// </summary>
    public decimal? NetDeposits { get; set; }

    /// <summary>Every asset had a rate.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Assets that no market leads from to the currency and that are left out; null for none.</summary>
    public string? LeftOut { get; set; }

    /// <summary>Why the figures are not known, in words; null when they are, or when the look was cut short.</summary>
    public string? Problem { get; set; }

    /// <summary>For what stretch of time it stands after thinning.</summary>
    public EquityGrain Grain { get; set; }
}

public enum EquityGrain
{
    /// <summary>As it was taken.</summary>
    Fine,

    /// <summary>The last of its hour.</summary>
    Hour,

    /// <summary>The last of its day, UTC.</summary>
    Day,
}
