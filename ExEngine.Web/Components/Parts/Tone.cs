namespace ExEngine.Web.Components.Parts;

/// <summary>What a colour means, everywhere in the product.</summary>
public enum Tone
{
    Neutral,

    /// <summary>Green: buy, profit, done.</summary>
    Good,

    /// <summary>Red: sell, loss, refused, failed.</summary>
    Bad,

    /// <summary>Amber: unknown, stale or needs a look.</summary>
    Attention,

    /// <summary>Blue: being worked on.</summary>
    Working,
}
