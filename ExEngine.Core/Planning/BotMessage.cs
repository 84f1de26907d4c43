using System.Text.Json.Serialization;

namespace ExEngine.Core.Planning;

/// <summary>What an alert asks of a bot. The alert itself trades nothing then.</summary>
/// <param name="Bot">The bot's id, its name, or the number behind the <c>#</c> at the end of its name.</param>
public sealed record BotMessage(BotAct Act, string Bot)
{
    /// <summary>Of a stop; null: finish, and a grid cancels.</summary>
    public BotStopWay? How { get; init; }

    /// <summary>Number of the deal that is meant; null: every open one.</summary>
    public int? Deal { get; init; }

    /// <summary>In quote, to add.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Quote per base, for an addition at a limit; null: at market.</summary>
    public decimal? Price { get; init; }

    /// <summary>It only takes off or sells: it passes while trading is halted, and is wanted for a day.</summary>
    [JsonIgnore]
    public bool IsWayOut => Act is BotAct.StopBot or BotAct.PauseBot or BotAct.CloseDeal or BotAct.CancelDeal;

    /// <summary>It may buy at once.</summary>
    [JsonIgnore]
    public bool Opens => Act is BotAct.StartBot or BotAct.StartBotAndDeal or BotAct.StartDeal or BotAct.AddFunds;
}

public enum BotAct
{
    StartBot,

    /// <summary>Start it if it does not run, and ask for a deal.</summary>
    StartBotAndDeal,
    StopBot,
    PauseBot,
    ResumeBot,
    StartDeal,
    CloseDeal,
    CancelDeal,
    AddFunds,
}

public enum BotStopWay
{
    Finish,
    Cancel,
    Close,
}
