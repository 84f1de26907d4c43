using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Indicators;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Bots.Starts;

namespace ExEngine.Core.Engine.Bots;

/// <summary>A bot as its account's loop has it in memory: what was read or written last, and when it wants to be looked at again.</summary>
internal sealed class RunningBot(Bot row)
{
    /// <summary>As stored; nobody else has changed it while its version is the table's.</summary>
    public Bot Row { get; private set; } = row;
    public BotProgram Program { get; private set; } = BotProgram.Of(row.Kind, row.Settings, row.State);

    /// <summary>Prices and times between which a plan without events changes nothing.</summary>
    public BotInterest Interest { get; set; } = BotInterest.Always;

    /// <summary>Not told yet, oldest first.</summary>
    public IReadOnlyList<BotRequest> Requests { get; set; } = [];

    /// <summary>What its orders and its position looked like when events were read last, and what they look like now.</summary>
    public int Seen { get; private set; }
    public int Heard { get; set; }

    /// <summary>Events wait in the tables.</summary>
    public bool HasNews { get; set; } = true;

    /// <summary>In what fees are paid, as the last fill told; null while none has.</summary>
    public FeeCoin? FeeCoin { get; set; }

    /// <summary>UTC: after a fault it is left alone until then.</summary>
    public DateTime NotBefore { get; set; }

    /// <summary>UTC: since when it waits for the answer to another order, which tells what is free.</summary>
    public DateTime? WaitsSince { get; set; }

    /// <summary>What the conditions of its start said last, and by which version of all candles.</summary>
    public StartLook? Start { get; private set; }
    private int _startVersion;

    /// <summary>Looks at the conditions of its start again, once their candles have come or a close is due.</summary>
    /// <returns>True when there is something to be looked at.</returns>
    public bool LookAtStart(StartWatch starts, string exchange, DateTime now)
    {
        if (Program is not DcaProgram { Settings: { Start: DcaStart.Conditions } settings })
        {
            return false;
        }

        var version = starts.Version;
        if (Start is not null && version == _startVersion && now < Start.Until)
        {
            return false;
        }

        (Start, _startVersion) = (starts.Of(settings, exchange, Row.Symbol), version);
        return true;
    }

    /// <summary>Takes a row that was read or written, with its requests.</summary>
    public void Take(Bot row, BotProgram? program = null)
    {
        Start = row.Settings == Row.Settings ? Start : null;
        (Row, Program) = (row, program ?? BotProgram.Of(row.Kind, row.Settings, row.State));
        Interest = BotInterest.Always;
    }

    /// <summary>What was heard is counted.</summary>
    public void Count() => (Seen, HasNews) = (Heard, false);
}
