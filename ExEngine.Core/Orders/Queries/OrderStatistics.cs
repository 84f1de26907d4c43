using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Orders.Queries;

/// <summary>Counts a user's orders, and what fills realised, of a stretch of time.</summary>
public sealed class OrderStatistics(IDbContextFactory<AppDb> databases)
{
    /// <param name="from">UTC, inclusive.</param>
    /// <param name="to">UTC, exclusive.</param>
    public async Task<OrderSummary> OfAsync(Guid userId, DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var lowest = SequentialIds.LowestAt(from, -SequentialIds.ClockSlack);
        var counts = await db
            .Orders.AsNoTracking()
            .Where(o => o.UserId == userId && o.Id.CompareTo(lowest) >= 0 && o.CreatedAt >= from && o.CreatedAt < to)
            .GroupBy(o => o.Status)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToListAsync(cancellationToken);

        // Added up here: SQLite keeps decimals as text, and would add them as doubles.
        var profits = await db
            .Fills.AsNoTracking()
            .Where(f => f.UserId == userId && f.At >= from && f.At < to)
            .Join(
                db.Positions,
                f => new
                {
                    f.AccountId,
                    f.Symbol,
                    f.OwnerId,
                },
                p => new
                {
                    p.AccountId,
                    p.Symbol,
                    p.OwnerId,
                },
                (f, p) => new { p.Quote, f.RealizedProfit }
            )
            .ToListAsync(cancellationToken);
        return new OrderSummary(
            counts.ToDictionary(c => c.Key, c => c.Count),
            [
                .. profits
                    .GroupBy(p => p.Quote)
                    .Select(g => new QuoteProfit(g.Key, g.Sum(p => p.RealizedProfit)))
                    .OrderByDescending(p => Math.Abs(p.Amount)),
            ]
        );
    }
}

/// <param name="Realized">By quote asset, the largest first; after fees in base and quote.</param>
public sealed record OrderSummary(IReadOnlyDictionary<OrderStatus, int> ByStatus, IReadOnlyList<QuoteProfit> Realized)
{
    public int Total => ByStatus.Values.Sum();

    public int Of(params IEnumerable<OrderStatus> statuses) => statuses.Sum(s => ByStatus.GetValueOrDefault(s));
}

public sealed record QuoteProfit(string Quote, decimal Amount);
