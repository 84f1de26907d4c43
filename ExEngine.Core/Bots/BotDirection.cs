namespace ExEngine.Core.Bots;

/// <summary>Which way a bot earns. On spot markets only <see cref="Long"/> is offered.</summary>
public enum BotDirection
{
    /// <summary>Buys to open, sells to close.</summary>
    Long,

    /// <summary>Sells to open, buys to close.</summary>
    Short,
}
