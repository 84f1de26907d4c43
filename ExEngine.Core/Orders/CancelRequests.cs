using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Orders;

/// <summary>Asks for cancels; the lease holder does them.</summary>
public static class CancelRequests
{
    /// <summary>
    /// Marks those of the orders that nobody has asked for yet; a request that was made before keeps its time. A change that is pending is
    /// withdrawn: nothing takes the place of what is cancelled.
    /// </summary>
    /// <returns>How many orders.</returns>
    public static Task<int> AskToCancelAsync(this IQueryable<Order> orders, DateTime now, CancellationToken cancellationToken) =>
        orders
            .Where(o => o.CancelRequestedAt == null || o.ReplaceQuantity != null)
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(o => o.CancelRequestedAt, o => o.CancelRequestedAt ?? now)
                        .SetProperty(o => o.ReplaceQuantity, (decimal?)null)
                        .SetProperty(o => o.ReplacePrice, (decimal?)null)
                        .SetProperty(o => o.UpdatedAt, now),
                cancellationToken
            );
}
