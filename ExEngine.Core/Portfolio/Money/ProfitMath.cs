using ExEngine.Core.Preferences;
using ExEngine.Core.Risk;

namespace ExEngine.Core.Portfolio.Money;

/// <summary>
/// Sums up fills as they come, oldest first: pure, and in memory that grows with days, symbols and orders. What a fill realised is
/// converted and rounded once, to eight decimals; every sum is made of these numbers, so that all ways of summing up agree. In the
/// reporting currency itself nothing is converted and nothing rounded, while sums stay below 10^12. Not thread-safe.
/// </summary>
/// <param name="book">Rates; those that are not known leave their quote out of all sums.</param>
public sealed class ProfitMath(RateBook book, TimeZoneInfo zone)
{
    private const int Decimals = 8;

    private readonly Tally _total = new();
    private readonly SortedDictionary<DateOnly, Tally> _days = [];
    private readonly Dictionary<string, Tally> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Tally> _owners = [];
    private readonly Dictionary<Guid, Tally> _accounts = [];
    private readonly Dictionary<Guid, Exit> _exits = [];
    private readonly SortedDictionary<string, decimal> _unrated = new(StringComparer.Ordinal);
    private (decimal Peak, decimal Worst) _fall;
    private bool _isConverted;

    public void Add(FillResult fill)
    {
        var (_, quote) = SymbolAssets.Of(fill.Symbol);
        var day = DayBorders.DayOf(fill.At, zone);
        Tally[] tallies = [_total, Of(_days, day), Of(_symbols, fill.Symbol), Of(_owners, fill.OwnerId), Of(_accounts, fill.AccountId)];
        var profit = Convert(fill, quote);
        foreach (var tally in tallies)
        {
            tally.Add(profit, fill);
        }

        _fall.Peak = Math.Max(_fall.Peak, _total.Profit);
        _fall.Worst = Math.Max(_fall.Worst, _fall.Peak - _total.Profit);
        if (profit != 0 && fill.OrderId != Guid.Empty)
        {
            var before = _exits.GetValueOrDefault(fill.OrderId)?.Profit ?? 0;
            _exits[fill.OrderId] = new Exit(before + profit, tallies);
        }
    }

    /// <summary>The report over everything that was added; nothing is added after it.</summary>
    /// <param name="fees">Rates for fees; those of assets that are not known leave their value out.</param>
    public ProfitReport Report(RateBook fees, Func<Guid, string> webhook, Func<Guid, string> account)
    {
        foreach (var exit in _exits.Values)
        {
            foreach (var tally in exit.Tallies)
            {
                tally.Count(exit.Profit);
            }
        }

        return new ProfitReport(
            book.Currency,
            zone,
            _total.Sum(fees),
            [.. _days.Select(d => new ProfitDay(d.Key, d.Value.Sum(fees)))],
            Groups(_symbols, s => s, s => s, fees),
            Groups(_owners, o => o == Guid.Empty ? "" : o.ToString(), webhook, fees),
            Groups(_accounts, a => a.ToString(), account, fees),
            _fall.Worst,
            [.. _unrated.Where(u => u.Value != 0).Select(u => new UnratedProfit(u.Key, u.Value))]
        )
        {
            IsConverted = _isConverted,
        };
    }

    /// <summary>The assets in which fees were paid, with their exchange: whoever fetches rates wants them.</summary>
    public IEnumerable<(string Exchange, string Asset)> FeeAssets => _total.Fees.Keys;

    public static ProfitSum Plus(ProfitSum one, ProfitSum other) =>
        new()
        {
            Profit = one.Profit + other.Profit,
            Wins = one.Wins + other.Wins,
            Losses = one.Losses + other.Losses,
            Won = one.Won + other.Won,
            Lost = one.Lost + other.Lost,
            Fills = one.Fills + other.Fills,
            Fees =
            [
                .. one
                    .Fees.Concat(other.Fees)
                    .GroupBy(f => f.Asset)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => new FeeSum(g.Key, g.Sum(f => f.Amount), g.Any(f => f.Value is null) ? null : g.Sum(f => f.Value))),
            ],
        };

    private decimal Convert(FillResult fill, string quote)
    {
        if (fill.RealizedProfit == 0 || quote == book.Currency)
        {
            return fill.RealizedProfit;
        }

        if (book.RateOf(fill.Exchange, quote) is { } rate)
        {
            _isConverted = true;
            return decimal.Round(fill.RealizedProfit * rate.Value, Decimals);
        }

        _unrated[quote] = _unrated.GetValueOrDefault(quote) + fill.RealizedProfit;
        return 0;
    }

    private static List<ProfitGroup> Groups<T>(Dictionary<T, Tally> of, Func<T, string> key, Func<T, string> name, RateBook fees)
        where T : notnull =>
        [
            .. of.Select(g => new ProfitGroup(key(g.Key), name(g.Key), g.Value.Sum(fees)))
                .OrderByDescending(g => g.Sum.Profit)
                .ThenBy(g => g.Name, StringComparer.Ordinal)
                .ThenBy(g => g.Key, StringComparer.Ordinal),
        ];

    private static Tally Of<T>(IDictionary<T, Tally> all, T key)
        where T : notnull
    {
        if (!all.TryGetValue(key, out var tally))
        {
            all.Add(key, tally = new Tally());
        }

        return tally;
    }

    /// <summary>An order that realised something, and where it counts: where its last fill is.</summary>
    private sealed record Exit(decimal Profit, Tally[] Tallies);

    private sealed class Tally
    {
        private int _fills;
        private (int Wins, int Losses) _count;
        private (decimal Won, decimal Lost) _amount;

        public decimal Profit { get; private set; }
        public Dictionary<(string Exchange, string Asset), decimal> Fees { get; } = [];

        public void Add(decimal profit, FillResult fill)
        {
            Profit += profit;
            _fills++;
            if (fill is { FeeAsset: { } asset, Fee: not 0 })
            {
                Fees[(fill.Exchange, asset)] = Fees.GetValueOrDefault((fill.Exchange, asset)) + fill.Fee;
            }
        }

        public void Count(decimal profit)
        {
            if (profit > 0)
            {
                (_count.Wins, _amount.Won) = (_count.Wins + 1, _amount.Won + profit);
            }
            else if (profit < 0)
            {
                (_count.Losses, _amount.Lost) = (_count.Losses + 1, _amount.Lost + profit);
            }
        }

        public ProfitSum Sum(RateBook rates) =>
            new()
            {
                Profit = Profit,
                Wins = _count.Wins,
                Losses = _count.Losses,
                Won = _amount.Won,
                Lost = _amount.Lost,
                Fills = _fills,
                Fees =
                [
                    .. Fees.GroupBy(f => f.Key.Asset)
                        .OrderBy(g => g.Key, StringComparer.Ordinal)
                        .Select(g => new FeeSum(g.Key, g.Sum(f => f.Value), Value(g, rates))),
                ],
            };

        private static decimal? Value(IEnumerable<KeyValuePair<(string Exchange, string Asset), decimal>> fees, RateBook rates)
        {
            var values = fees.Select(f => rates.Convert(f.Key.Exchange, f.Key.Asset, f.Value)).ToList();
            return values.Exists(v => v is null) ? null : values.Sum(v => v!.Value);
        }
    }
}

/// <summary>The part of a fill that reports are made of.</summary>
/// <param name="RealizedProfit">In quote; zero for one that adds.</param>
/// <param name="OrderId">Empty for an entry of the books.</param>
public readonly record struct FillResult(
    DateTime At,
    Guid AccountId,
    string Exchange,
    string Symbol,
    Guid OwnerId,
    Guid OrderId,
    decimal RealizedProfit,
    decimal Fee,
    string? FeeAsset
);
