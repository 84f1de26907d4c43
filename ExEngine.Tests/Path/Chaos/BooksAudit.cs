using ExEngine.Core.Alarms;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Core.Protection;
using ExEngine.Tests.FakeExchange;

namespace ExEngine.Tests.Path.Chaos;

/// <summary>
/// Holds positions against the exchange at a moment in which nothing is on its way: their sum is what the exchange has less what is
/// unassigned, which is nothing here (I5), and every coin of a position with a stop is under one, or under an alarm (I9).
/// </summary>
internal static class BooksAudit
{
    /// <param name="accounts">The exchange's name of each account.</param>
    /// <param name="step">The least that can be sold: dust is under no stop.</param>
    /// <returns>A sentence for each thing that is not as it must be.</returns>
    public static IReadOnlyList<string> Of(
        IReadOnlyDictionary<Guid, string> accounts,
        IReadOnlyList<Position> positions,
        IReadOnlyList<Order> orders,
        IReadOnlyList<Alarm> alarms,
        FakeLedger ledger,
        decimal step
    )
    {
        var wrong = new List<string>();
        foreach (var (id, name) in accounts)
        {
            var held = ledger.Holdings(name);
            foreach (var asset in positions.Where(p => p.AccountId == id).GroupBy(p => p.Base))
            {
                if (asset.Sum(p => p.Quantity) is var sum && sum != held.GetValueOrDefault(asset.Key))
                {
                    wrong.Add($"{name}: positions hold {sum} {asset.Key}; the exchange has {held.GetValueOrDefault(asset.Key)}.");
                }
            }
        }

        foreach (
            var position in positions.Where(p => p.Quantity >= step && ProtectionPlan.Read(p.Protection)?.InForce?.StopLoss is not null)
        )
        {
            var under = orders
                .Where(o => o.AccountId == position.AccountId && o.OwnerId == position.OwnerId && o.Symbol == position.Symbol)
                .Where(o => o is { Origin: OrderOrigin.Protection, Status: OrderStatus.Open or OrderStatus.PartiallyFilled })
                .Sum(o => o.Remaining);
            if (position.Quantity - under >= step && !alarms.Any(a => a.PositionId == position.Id && a.EndedAt is null))
            {
                wrong.Add($"{position.Symbol}: {position.Quantity} are held and {under} are under a stop, without an alarm.");
            }
        }

        return wrong;
    }
}
