namespace ExEngine.Web.Health;

/// <summary>How one part is.</summary>
/// <param name="Reason">One sentence: what is so and, where something is wrong, what to do.</param>
public sealed record PartHealth(PartState State, string Reason)
{
    public static PartHealth Up(string reason) => new(PartState.Up, reason);

    public static PartHealth Degraded(string reason) => new(PartState.Degraded, reason);

    public static PartHealth Down(string reason) => new(PartState.Down, reason);
}

public enum PartState
{
    Up,

    /// <summary>The product works without it, or with less.</summary>
    Degraded,

    /// <summary>Required and not there: the answer is 503.</summary>
    Down,

    /// <summary>Not configured.</summary>
    Off,

    /// <summary>Nobody has measured it.</summary>
    Unknown,
}
