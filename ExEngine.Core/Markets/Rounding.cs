namespace ExEngine.Core.Markets;

/// <summary>What happens to a stated number that is off the market's increment.</summary>
public enum Rounding
{
    /// <summary>The alert is refused with the nearest allowed numbers.</summary>
    Reject,

    /// <summary>Brought onto the increment as <see cref="OrderRounding"/> does, and shown as asked and sent.</summary>
    Round,
}
