namespace ExEngine.Core.Bots.Running;

/// <summary>What became of a request to make or change a bot.</summary>
public abstract record BotResult
{
    private BotResult() { }

    public sealed record Done(Bot Bot) : BotResult;

    /// <summary>Someone else's bot answers like one that does not exist.</summary>
    public sealed record NotFound : BotResult;

    /// <param name="Errors">Messages per property: <c>name</c>, <c>settings.deviation</c>.</param>
    public sealed record Invalid(IDictionary<string, string[]> Errors) : BotResult;

    /// <summary>Not now: what is asked does not go with the bot's status, or with the market.</summary>
    public sealed record Refused(string Code, string Message) : BotResult;
}
