using System.Text.Json;

namespace ExEngine.Core.Bots.Running;

/// <summary>What a bot is made of, as a person or a script states it.</summary>
public sealed record BotInput
{
    public BotKind? Kind { get; init; }
    public string? Name { get; init; }
    public Guid? AccountId { get; init; }
    public string? Symbol { get; init; }

    /// <summary>The kind's settings, by the names of <c>docs/bots.md</c>; what is left out has its default.</summary>
    public JsonElement? Settings { get; init; }

    /// <summary>Of an edit of a DCA bot: the settings hold for the deals that are open as well, not from the next one on.</summary>
    public bool ApplyToDeals { get; init; }
}

/// <summary>How a bot is stopped.</summary>
public enum BotStop
{
    /// <summary>Nothing new begins; what runs goes on to its end.</summary>
    Finish,

    /// <summary>Orders are taken off, coins are kept.</summary>
    Cancel,

    /// <summary>Orders are taken off, and what the bot holds is sold at market.</summary>
    Close,
}
