namespace ExEngine.Web.Components.Parts;

/// <summary>What a colour means, everywhere in the product.</summary>
public enum Tone
{
    Neutral,

    /// <summary>Green: done.</summary>
    Good,

    /// <summary>Red: refused, failed.</summary>
    Bad,

    /// <summary>Amber: unknown, stale or needs a look.</summary>
    Attention,

    /// <summary>Blue: being worked on.</summary>
    Working,

    /// <summary>Buy, profit, a target: the colour that the reader chose for what rises.</summary>
    Up,

    /// <summary>Sell, loss, a stop: the colour that the reader chose for what falls.</summary>
    Down,
}
