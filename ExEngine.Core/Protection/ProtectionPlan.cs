using System.Text.Json;
using System.Text.Json.Serialization;
using ExEngine.Core.Markets;
using ExEngine.Core.Positions;
using ExEngine.Core.Text;

namespace ExEngine.Core.Protection;

/// <summary>
/// Take-profits and stop-loss that the engine keeps for a position; stored as JSON in <see cref="Position.Protection"/>. Distances
/// are from the average entry. What was asked is in the plan itself, how far it has come in <see cref="State"/>.
/// </summary>
public sealed record ProtectionPlan
{
    /// <summary>The leg of a signal's order whose fills a plan protects.</summary>
    public const string Entry = "enter";

    /// <summary>New for each plan: the origin of its orders. The signal's id when a signal asked for it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The signals that had a say in it: their entries belong to it. Empty when a person asked for it.</summary>
    public IReadOnlyList<Guid> Signals { get; init; } = [];

    /// <summary>Ids of the requests that set it and those before it, the last ones: the same one again changes nothing.</summary>
    public IReadOnlyList<Guid> Presses { get; init; } = [];

    /// <summary>Nearest first.</summary>
    public IReadOnlyList<TakeProfitPlan> TakeProfits { get; init; } = [];
    public StopLossPlan? StopLoss { get; init; }
    public ProtectionState State { get; init; } = new();

    /// <summary>It waits for the first fill of its signal's entry; until then <see cref="Former"/> is in force.</summary>
    public bool IsArmed { get; init; }

    /// <summary>What it replaces once its entry has bought something, and what stays when the entry never does. Null for nothing.</summary>
    public ProtectionPlan? Former { get; init; }

    /// <summary>The plan that protects now; null while the first one waits for its entry.</summary>
    [JsonIgnore]
    public ProtectionPlan? InForce => IsArmed ? Former?.InForce : this;

    /// <summary>Origins and legs of the orders that it waits for: each order with one of these origins and one of these legs.</summary>
    [JsonIgnore]
    public IEnumerable<Guid> Origins => Former is null ? [Id] : [Id, .. Former.Origins];

    [JsonIgnore]
    public IEnumerable<string> Legs =>
        [.. TakeProfits.Select(t => t.Leg).OfType<string>(), .. State.StopLegs, .. IsArmed ? new[] { Entry } : [], .. Former?.Legs ?? []];

    /// <summary>This signal had a say in it already.</summary>
    public bool IsOf(Guid signalId) => Signals.Contains(signalId) || Former?.IsOf(signalId) == true;

    /// <summary>Null for no plan.</summary>
    public static ProtectionPlan? Read(string? json) =>
        json is null ? null : JsonSerializer.Deserialize<ProtectionPlan>(json, ExactJson.Options);

    public string Write() => JsonSerializer.Serialize(this, ExactJson.Options);
}

/// <summary>One take-profit: exactly one of <see cref="Percent"/>, <see cref="Amount"/> and <see cref="Price"/> is set.</summary>
public sealed record TakeProfitPlan
{
    /// <summary>Above the average entry, in percent: 2 is 2 %.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Above the average entry, in quote per base.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Quote per base.</summary>
    public decimal? Price { get; init; }

    /// <summary>
    /// In percent; all of them together are at most 100. Measured against what is held when it is hit: of the shares that are not hit yet
    /// and what no target sells, this is its part, so that coins that were sold by hand or bought later count.
    /// </summary>
    public decimal Share { get; init; } = 100;

    /// <summary>Limit or Market.</summary>
    public OrderType OrderType { get; init; } = OrderType.Limit;

    /// <summary>In base: what its orders that are over have sold.</summary>
    public decimal Sold { get; init; }

    /// <summary>It has sold its part, and is not hit again by what is bought later.</summary>
    public bool Hit { get; init; }

    /// <summary>The leg of its order under way; null for none. And whether that sells the whole part.</summary>
    public string? Leg { get; init; }
    public bool IsWhole { get; init; }

    /// <summary>UTC: not tried again before, because its last order found no buyer.</summary>
    public DateTime? RetryAt { get; init; }
}

/// <summary>The stop-loss: of the stops that are set the highest counts, and it never goes down.</summary>
public sealed record StopLossPlan
{
    /// <summary>Below the average entry, in percent: 2 is 2 %.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Below the average entry, in quote per base.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Quote per base.</summary>
    public decimal? Price { get; init; }

    /// <summary>Below the best price since entry, in percent.</summary>
    public decimal? TrailPercent { get; init; }

    /// <summary>Below the best price since entry, in quote per base.</summary>
    public decimal? TrailAmount { get; init; }

    /// <summary>Stop sells at market; StopLimit at <see cref="LimitPrice"/>, by default 0.5 % below the stop.</summary>
    public OrderType OrderType { get; init; } = OrderType.Stop;

    /// <summary>Quote per base.</summary>
    public decimal? LimitPrice { get; init; }

    /// <summary>After the first take-profit that sold, the stop is at least the average entry.</summary>
    public bool BreakEven { get; init; }
}

/// <summary>How far a plan has come. Only <c>ProtectionPlanner</c> changes it.</summary>
public sealed record ProtectionState
{
    /// <summary>In base: what was held when it was last looked at, and at its largest.</summary>
    public decimal Seen { get; init; }
    public decimal Size { get; init; }

    /// <summary>UTC instant at which that changed last: a price that was heard before judges nothing. By our clock alone.</summary>
    public DateTime? SeenAt { get; init; }

    /// <summary>A part of it was executed and its trades are not told yet: size and average are corrected when they are.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>Quote per base: the average entry when the position last grew; null before the first fill.</summary>
    public decimal? Average { get; init; }

    /// <summary>Quote per base: the best price since entry as of the last move of a trailing stop.</summary>
    public decimal? High { get; init; }

    /// <summary>A take-profit has sold.</summary>
    public bool HasSold { get; init; }

    /// <summary>Quote per base: the stop, which only goes up while the position does not grow.</summary>
    public decimal? Stop { get; init; }

    /// <summary>The price went through the stop: all is being sold at market.</summary>
    public bool Triggered { get; init; }

    /// <summary>The leg of the stop's or the exit's order under way; null for none. Further ones where one may not sell all.</summary>
    public string? Leg { get; init; }
    public IReadOnlyList<string> MoreLegs { get; init; } = [];

    /// <summary>Counts the orders of this plan: the end of each leg's name.</summary>
    public int Orders { get; init; }

    /// <summary>Orders in a row that the exchange or a limit refused, and UTC: none is placed before that.</summary>
    public int Failures { get; init; }
    public DateTime? RetryAt { get; init; }

    /// <summary>Why a part of the plan is not in force, in one sentence; null when all is.</summary>
    public string? Problem { get; init; }

    /// <summary>UTC instant since when coins are under no stop, at the exchange or watched here; null while all are.</summary>
    public DateTime? UncoveredSince { get; init; }

    /// <summary>That has lasted: an alarm says so, until it is over.</summary>
    public bool IsAlarmed { get; init; }

    [JsonIgnore]
    public IEnumerable<string> StopLegs => Leg is null ? MoreLegs : [Leg, .. MoreLegs];

    internal ProtectionState With(string leg) => Leg is null ? this with { Leg = leg } : this with { MoreLegs = [.. MoreLegs, leg] };

    internal ProtectionState Without(string leg) =>
        leg == Leg
            ? this with
            {
                Leg = MoreLegs.Count > 0 ? MoreLegs[0] : null,
                MoreLegs = [.. MoreLegs.Skip(1)],
            }
            : this with
            {
                MoreLegs = [.. MoreLegs.Where(l => l != leg)],
            };
}
