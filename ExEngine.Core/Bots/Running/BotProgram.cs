using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Running;

/// <summary>A planner with its settings and state, of whatever kind. It does not change: a plan leads to another.</summary>
public abstract class BotProgram
{
    /// <summary>JSON of the state, as it is stored.</summary>
    public abstract string State { get; }

    /// <summary>Orders that have not ended as far as the planner knows.</summary>
    public abstract IReadOnlyList<BotOrder> Orders { get; }

    /// <summary>It has ended, and waits for no order.</summary>
    public abstract bool IsOver { get; }

    /// <summary>A line waits for money or coins: it is to be told when balances change.</summary>
    public abstract bool WaitsForFunds { get; }

    /// <summary>What a person has to answer; null when nothing is.</summary>
    public abstract string? Problem { get; }

    /// <summary>Some sizes are percents of the account's equity.</summary>
    public virtual bool NeedsEquity => false;

    public abstract BotFigures Figures { get; }

    /// <exception cref="System.Text.Json.JsonException">A text is not of this kind, or of a version that is not known here.</exception>
    public static BotProgram Of(BotKind kind, string settings, string? state) =>
        kind switch
        {
            BotKind.Dca => new DcaProgram(BotText.DcaSettings(settings), state is null ? new() : BotText.DcaState(state)),
            BotKind.Grid => new GridProgram(BotText.GridSettings(settings), state is null ? new() : BotText.GridState(state)),
            _ => new RecurringProgram(BotText.RecurringSettings(settings), state is null ? new() : BotText.RecurringState(state)),
        };

    /// <summary>Deals that are open; none of other kinds than DCA.</summary>
    public virtual IReadOnlyList<Deal> Deals => [];

    /// <summary>Every order that it has or would place, dearest first.</summary>
    public abstract IReadOnlyList<BotLine> Lines(Market market);

    public abstract BotStep Plan(BotContext context, IReadOnlyList<BotEvent> events);

    /// <summary>To run once more after an end; null when such a bot is cloned instead.</summary>
    public abstract BotProgram? Restarted();

    /// <summary>What was earned, in parts, at a price in quote per base.</summary>
    public abstract ProfitSplit Profit(decimal price);
}

/// <summary>What a plan leads to.</summary>
public sealed record BotStep(BotProgram After, IReadOnlyList<BotAction> Actions, BotInterest Interest);

/// <summary>Where a bot stands by its own books; prices in quote per base.</summary>
/// <param name="Held">In base.</param>
/// <param name="Cost">In quote, fees in quote included, of what is held.</param>
/// <param name="Realized">In quote, ever.</param>
/// <param name="Rounds">Deals that are over, matched pairs of a grid, or buys.</param>
/// <param name="Open">Deals that are open, or cells that hold coins.</param>
/// <param name="Lower">Of a grid its lowest line; else the lowest price at which it buys.</param>
/// <param name="Upper">Of a grid its highest line; else the highest price at which it sells.</param>
public sealed record BotFigures(decimal Held, decimal Cost, decimal Realized, int Rounds, int Open, decimal? Lower, decimal? Upper);
