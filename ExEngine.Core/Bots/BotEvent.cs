using System.Text.Json.Serialization;

namespace ExEngine.Core.Bots;

/// <summary>
/// What a planner is told. The price and the time of now are in <see cref="BotContext"/>: a plan with no event at all is a tick. Events of
/// one batch are all applied before anything is planned. Those that are asked for are stored as JSON until then.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(StartAsked), "start")]
[JsonDerivedType(typeof(CloseAsked), "close")]
[JsonDerivedType(typeof(CancelAsked), "cancel")]
[JsonDerivedType(typeof(FinishAsked), "finish")]
[JsonDerivedType(typeof(FundsAdded), "addFunds")]
[JsonDerivedType(typeof(TargetsEdited), "editTargets")]
[JsonDerivedType(typeof(LineAnswered), "answerLine")]
[JsonDerivedType(typeof(RangeEdited), "editRange")]
[JsonDerivedType(typeof(Invested), "invest")]
[JsonDerivedType(typeof(DealsEdited), "editDeals")]
public abstract record BotEvent
{
    private BotEvent() { }

    public sealed record Filled(BotFill Fill) : BotEvent;

    /// <summary>An order has ended, proven.</summary>
    /// <param name="Executed">In base, in all: the planner waits for fills that were not told yet.</param>
    /// <param name="Reason">The exchange's words, for the journal.</param>
    public sealed record Ended(BotOrderKey Key, BotOrderEnd How, decimal Executed, string? Reason = null) : BotEvent;

    /// <summary>Balances have changed: what waits for funds looks again.</summary>
    public sealed record FundsChanged : BotEvent;

    /// <summary>A start condition, a webhook or a person asks for a deal.</summary>
    public sealed record StartAsked(string By) : BotEvent;

    /// <summary>Close a deal at market; all of the bot when <paramref name="Deal"/> is null.</summary>
    public sealed record CloseAsked(int? Deal = null) : BotEvent;

    /// <summary>Take a deal's orders off and keep the coins; all of the bot when <paramref name="Deal"/> is null.</summary>
    public sealed record CancelAsked(int? Deal = null) : BotEvent;

    /// <summary>No new deals; what runs goes on to its end.</summary>
    public sealed record FinishAsked : BotEvent;

    /// <summary>Buy more for a deal by hand; not one of its safety orders.</summary>
    /// <param name="Amount">In quote.</param>
    /// <param name="Price">Quote per base; null at market.</param>
    public sealed record FundsAdded(int Deal, decimal Amount, decimal? Price) : BotEvent;

    /// <summary>New percentages of a running deal; null leaves one as it is.</summary>
    public sealed record TargetsEdited(int Deal, decimal? TakeProfit, decimal? StopLoss) : BotEvent;

    /// <summary>The answer to a line that was cancelled by the user.</summary>
    public sealed record LineAnswered(string Slot, bool PutBack) : BotEvent;

    /// <summary>The lines of a grid's settings are to replace those that it runs on.</summary>
    public sealed record RangeEdited : BotEvent;

    /// <summary>The deals that are open go by the bot's settings from here on; else those hold from the next deal.</summary>
    public sealed record DealsEdited : BotEvent;

    /// <summary>Money put into a bot, or taken out of it when negative.</summary>
    /// <param name="Amount">In quote.</param>
    public sealed record Invested(decimal Amount) : BotEvent;
}
