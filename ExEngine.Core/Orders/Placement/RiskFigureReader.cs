using ExEngine.Core.Data;
using ExEngine.Core.Preferences;
using ExEngine.Core.Risk;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Orders.Placement;

/// <summary>The figures of a scope now, for pages, REST and the drawdown's watch. It asks exchanges for prices that are missing.</summary>
public sealed class RiskFigureReader(
    IDbContextFactory<AppDb> databases,
    RateSource rates,
    IEnumerable<RiskOwnerQuery> owners,
    IEnumerable<SignalCount> signalCounts,
    DayBorders borders,
    TimeProvider time
)
{
    /// <summary>Takes up to 10 s where an exchange does not answer; its figures are then unknown.</summary>
    /// <param name="setting">What is stored, or stands for what holds while nothing is; the caller knows that it is the user's.</param>
    /// <param name="currency">Of the user's limits.</param>
    public async Task<RiskFigures> ReadAsync(RiskSetting setting, string currency, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(setting, cancellationToken);
        var book = rates.Fresh(currency);
        var figures = Figures(setting, rows, book);
        if (book.Missing is not { } missing)
        {
            return figures;
        }

        await rates.FetchAsync(missing, currency, cancellationToken);
        return Figures(setting, rows, rates.Fresh(currency));
    }

    private async Task<Rows> RowsAsync(RiskSetting setting, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var owner = setting.ScopeId;
        foreach (var query in owners.Where(_ => setting.Scope == RiskScope.Webhook))
        {
            owner = await query(db, setting.ScopeId, cancellationToken);
        }

        var now = time.GetUtcNow().UtcDateTime;
        var signals = 0;
        foreach (var count in signalCounts)
        {
            signals += await count(db, setting, null, now, cancellationToken);
        }

        var day = await borders.DayAsync(db, setting.UserId, now, cancellationToken);
        return new Rows(
            await RiskRows.PositionsAsync(db, setting, owner, onlyOpen: false, cancellationToken),
            await RiskRows.BuysAsync(db, setting, owner, null, null, cancellationToken),
            await RiskRows.RealizedAsync(db, setting, day.Begin, cancellationToken),
            await RiskRows.OpenOrders(db, setting).CountAsync(cancellationToken),
            signals
        );
    }

    private static RiskFigures Figures(RiskSetting setting, Rows rows, RateBook book)
    {
        var profit = RiskValuation.TotalProfit(rows.Positions, book);
        return new RiskFigures(
            RiskValuation.Exposure(rows.Positions, rows.Buys, book),
            RiskValuation.Unrealized(rows.Positions, book),
            setting.MaxDrawdown is null || profit is not { } known ? null : RiskLimits.Drawdown(setting, known),
            RiskValuation.Realized(rows.Realized, book),
            profit,
            book.Used
        )
        {
            LargestPosition = RiskValuation.LargestPosition(rows.Positions, rows.Buys, book),
            OpenOrders = rows.OpenOrders,
            SignalsLastMinute = rows.SignalsLastMinute,
        };
    }

    private sealed record Rows(
        IReadOnlyList<HeldPosition> Positions,
        IReadOnlyList<OpenBuy> Buys,
        IReadOnlyList<RealizedAmount> Realized,
        int OpenOrders,
        int SignalsLastMinute
    );
}
