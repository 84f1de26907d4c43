namespace ExEngine.Core.Portfolio.Money;

/// <summary>What was realised in one group of a report, in the reporting currency.</summary>
public sealed record ProfitSum
{
    /// <summary>After fees in base and quote; of every fill and every entry of the books.</summary>
    public decimal Profit { get; init; }

    /// <summary>Orders that realised more than nothing; an order counts once, however many fills it had.</summary>
    public int Wins { get; init; }

    /// <summary>Orders that realised a loss.</summary>
    public int Losses { get; init; }

    /// <summary>Of all wins together.</summary>
    public decimal Won { get; init; }

    /// <summary>Of all losses together; never above zero.</summary>
    public decimal Lost { get; init; }

    /// <summary>How many fills there were, entries and exits.</summary>
    public int Fills { get; init; }

    /// <summary>What was paid, by asset; a rebate is negative. Those in base and quote are in <see cref="Profit"/> already.</summary>
    public IReadOnlyList<FeeSum> Fees { get; init; } = [];

    public int Trades => Wins + Losses;

    /// <summary>Percent of trades; null without any.</summary>
    public decimal? WinRate => Trades > 0 ? Wins * 100m / Trades : null;
    public decimal? AverageWin => Wins > 0 ? Won / Wins : null;

    /// <summary>Below zero; null without a loss.</summary>
    public decimal? AverageLoss => Losses > 0 ? Lost / Losses : null;

    /// <summary>Won for each unit that was lost; null while nothing was lost.</summary>
    public decimal? ProfitFactor => Lost < 0 ? Won / -Lost : null;

    /// <summary>All fees in the reporting currency, at the rates of now; null when one of them has none.</summary>
    public decimal? FeesValue => Fees.Any(f => f.Value is null) ? null : Fees.Sum(f => f.Value!.Value);
}

/// <param name="Amount">In the asset.</param>
/// <param name="Value">In the reporting currency, at the rate of now; null when there is none.</param>
public sealed record FeeSum(string Asset, decimal Amount, decimal? Value);
