using ExEngine.Core.Exchanges.Accounts;

namespace ExEngine.Core.Bots.Running;

/// <summary>A bot with its account, and its program when somebody looks at it.</summary>
public sealed record BotRow(Bot Bot, string AccountName, string Exchange, AccountMode Mode)
{
    private BotProgram? _program;

    /// <summary>Read from the row once.</summary>
    public BotProgram Program => _program ??= BotProgram.Of(Bot.Kind, Bot.Settings, Bot.State);
}
