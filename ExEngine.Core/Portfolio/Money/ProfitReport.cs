namespace ExEngine.Core.Portfolio.Money;

/// <summary>
/// What was realised in a stretch of time, summed up in several ways. The groups of each way add up to <see cref="Total"/>, digit for digit.
/// </summary>
/// <param name="Currency">What all values are in.</param>
/// <param name="Zone">Whose days these are.</param>
/// <param name="Days">Oldest first; only days on which something was filled.</param>
/// <param name="Symbols">By profit, the highest first, as the two after it.</param>
/// <param name="Owners">By whose position it was: webhooks and bots; what people traded by hand is one group.</param>
/// <param name="Drawdown">The deepest fall of what was realised below its highest, in the stretch.</param>
/// <param name="Unrated">Realised in quotes that have no rate now, which is in none of the sums.</param>
public sealed record ProfitReport(
    string Currency,
    TimeZoneInfo Zone,
    ProfitSum Total,
    IReadOnlyList<ProfitDay> Days,
    IReadOnlyList<ProfitGroup> Symbols,
    IReadOnlyList<ProfitGroup> Owners,
    IReadOnlyList<ProfitGroup> Accounts,
    decimal Drawdown,
    IReadOnlyList<UnratedProfit> Unrated
)
{
    /// <summary>What open positions are worth more than they cost; null when a price or rate is not known now.</summary>
    public decimal? OpenProfit { get; init; }
    public int OpenPositions { get; init; }

    /// <summary>Whether amounts in other coins were converted, at the rates of now.</summary>
    public bool IsConverted { get; init; }

    /// <summary>Keys of the owners that are bots.</summary>
    public IReadOnlySet<string> BotKeys { get; init; } = new HashSet<string>();

    /// <summary>By webhook; what bots earned is one group.</summary>
    public IReadOnlyList<ProfitGroup> Webhooks => Apart(g => !BotKeys.Contains(g.Key), new("bots", "Bots", default!));

    /// <summary>By bot; what anybody else earned is one group.</summary>
    public IReadOnlyList<ProfitGroup> Bots => Apart(g => BotKeys.Contains(g.Key), new("others", "Not by a bot", default!));

    /// <summary>Weeks begin on Monday.</summary>
    public IReadOnlyList<ProfitDay> Weeks => Folded(d => d.AddDays(-(((int)d.DayOfWeek + 6) % 7)));

    public IReadOnlyList<ProfitDay> Months => Folded(d => new DateOnly(d.Year, d.Month, 1));

    private List<ProfitGroup> Apart(Func<ProfitGroup, bool> isAlone, ProfitGroup rest)
    {
        var together = Owners.Where(g => !isAlone(g)).Select(g => g.Sum).ToList();
        var alone = Owners.Where(isAlone);
        return together.Count == 0 ? [.. alone] : [.. alone, rest with { Sum = together.Aggregate(ProfitMath.Plus) }];
    }

    private List<ProfitDay> Folded(Func<DateOnly, DateOnly> begin) =>
        [
            .. Days.GroupBy(d => begin(d.Day))
                .OrderBy(g => g.Key)
                .Select(g => new ProfitDay(g.Key, g.Select(d => d.Sum).Aggregate(ProfitMath.Plus))),
        ];
}

/// <param name="Day">The day, or the first one of a week or month.</param>
public sealed record ProfitDay(DateOnly Day, ProfitSum Sum);

/// <param name="Key">Stable: the symbol, or an id; empty for what people traded by hand.</param>
/// <param name="Name">For the reader.</param>
public sealed record ProfitGroup(string Key, string Name, ProfitSum Sum);

/// <param name="Amount">In the quote.</param>
public sealed record UnratedProfit(string Quote, decimal Amount);
