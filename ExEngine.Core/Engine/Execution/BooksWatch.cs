using System.Collections.Concurrent;
using ExEngine.Core.Alarms;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Orders;
using ExEngine.Core.Portfolio;
using ExEngine.Core.Positions;
using ExEngine.Core.Text;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Engine.Execution;

/// <summary>
/// Compares now and then what the exchange holds with the sum of an account's positions: less there than here is an alarm, because somebody
/// else sold or moved coins. What fees in the asset explain is booked instead. More there is nobody's trouble.
/// </summary>
internal sealed class BooksWatch(
    ExchangeCalls calls,
    AccountLeases leases,
    AlarmBook alarms,
    CommissionBooks commissions,
    ChangeFeed feed,
    TimeProvider time
)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>A difference is looked at once more: a trade may be on its way.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    private const int MaxFinds = 16;

    private readonly ConcurrentDictionary<Guid, Look> _looks = new();

    /// <returns>UTC of the next look.</returns>
    public async Task<DateTime> LookAsync(AccountSession session, AccountState state, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var look = _looks.GetOrAdd(session.Id, _ => new Look(now + Again, new HashSet<string>()));
        var lastFill = state.Positions.Max(p => p.LastFillAt);
        if (look.LastFill != lastFill)
        {
            // Something was traded: not in five minutes, soon.
            look = look with
            {
                LastFill = lastFill,
                NextAt = now + Again < look.NextAt ? now + Again : look.NextAt,
            };
            _looks[session.Id] = look;
        }

        if (now < look.NextAt)
        {
            return look.NextAt;
        }

        if (state.Orders.Any(o => o.FilledQuantity != o.BookedQuantity || o.Status.IsUnsettled()))
        {
            return now + Again;
        }

        // Where nothing is held, nothing can be missing, and the exchange need not be asked.
        var held = state.Positions.Where(p => p.Quantity > 0).ToLookup(p => p.Base);
        var balances = held.Count == 0 ? [] : (await session.Exchange.BalancesAsync(cancellationToken)).Value;
        if (balances is null)
        {
            _looks[session.Id] = look with { NextAt = now + Again };
            return now + Again;
        }

        var sums = held.SelectMany(h => h).ToLookup(p => p.Base, p => p.Quantity);
        var less = HoldingComparison.Of(balances, sums, state.Orders).Where(h => h.Unassigned < 0).ToDictionary(h => h.Asset);
        if (less.Count > 0 && !await RestAsKnownAsync(session, state.Orders, less.Keys, cancellationToken))
        {
            // A trade is on its way, and it is what the difference is.
            _looks[session.Id] = look with
            {
                NextAt = now + Again,
            };
            return now + Again;
        }

        await FollowAsync(session, held, [.. less.Values.Where(h => look.Less.Contains(h.Asset))], look, cancellationToken);
        var nextAt = now + (less.Keys.All(look.Less.Contains) ? Every : Again);
        _looks[session.Id] = new Look(nextAt, less.Keys.ToHashSet(StringComparer.Ordinal)) { IsKnown = true, LastFill = lastFill };
        return nextAt;
    }

    /// <summary>
    /// Whether the orders that could explain a difference rest with what we know to be executed. Asked after the balances: what is not
    /// executed now was not executed then.
    /// </summary>
    private async Task<bool> RestAsKnownAsync(
        AccountSession session,
        IReadOnlyList<Order> orders,
        IReadOnlyCollection<string> assets,
        CancellationToken cancellationToken
    )
    {
        var resting = orders.Where(o => o.Status.IsResting() && o.Symbol.Split('/', ':').Any(assets.Contains)).ToLookup(o => o.Symbol);
        foreach (var ours in resting)
        {
            var list = await calls.CallAsync(() => session.Exchange.OpenOrdersAsync(ours.Key, cancellationToken), ours.Key, "open orders");
            var listed = (list.Value ?? []).Where(o => o.ClientId is not null).ToLookup(o => o.ClientId, o => o.FilledQuantity);
            var others = ours.Where(o => !listed[o.ClientId].Contains(o.FilledQuantity)).ToList();
            if (!list.IsDone || others.Count > MaxFinds)
            {
                return false;
            }

            // A list may be shorter than what rests.
            foreach (var order in others)
            {
                var name = new OrderName(order.Symbol, order.ClientId, order.ExchangeOrderId);
                var found = await calls.CallAsync(() => session.Exchange.FindAsync(name, cancellationToken), order.ClientId, "find");
                if (found.Value is not { Status: ExchangeOrderStatus.Open } there || there.FilledQuantity != order.FilledQuantity)
                {
                    return false;
                }
            }
        }

        return true;
    }

    // What was less twice is an alarm; what is not any more, and was, has ended.
    private async Task FollowAsync(
        AccountSession session,
        ILookup<string, Position> held,
        IReadOnlyList<AssetHolding> less,
        Look before,
        CancellationToken cancellationToken
    )
    {
        if (less.Count == 0 && before is { IsKnown: true, Less.Count: 0 })
        {
            return;
        }

        await using var write = await leases.BeginAsync(session.Claim, cancellationToken);
        var (changed, booked) = (false, false);
        var unexplained = new List<AssetHolding>();
        foreach (var holding in less)
        {
            var fees = await commissions.BookAsync(write.Db, session.Id, holding.Asset, -holding.Unassigned, cancellationToken);
            booked |= fees > 0;
            if (holding with { Positions = holding.Positions - fees } is { Unassigned: < 0 } rest)
            {
                unexplained.Add(rest);
                changed |= await alarms.RaiseAsync(write.Db, AlarmOf(session, rest, held[rest.Asset]), cancellationToken);
            }
        }

        // Those of the account's assets; orders whose trades are not told have some of their own.
        var on = await write
            .Db.Alarms.AsNoTracking()
            .Where(a => a.UserId == session.UserId && a.Kind == AlarmKind.BooksDiffer && a.AccountId == session.Id)
            .Where(a => a.EndedAt == null && a.OrderId == null)
            .Select(a => a.Subject)
            .ToListAsync(cancellationToken);
        foreach (var subject in on.Except(unexplained.Select(h => Subject(session, h.Asset))))
        {
            changed |= await alarms.EndAsync(write.Db, session.UserId, AlarmKind.BooksDiffer, subject, cancellationToken);
        }

        await write.CommitAsync(cancellationToken);
        if (changed)
        {
            feed.Publish(AlarmBook.Changed(session.UserId, session.Id));
        }

        if (booked)
        {
            feed.Publish(new ChangeEvent(session.UserId, ChangeKind.Position, Guid.Empty, session.Id));
        }
    }

    private static Alarm AlarmOf(AccountSession session, AssetHolding holding, IEnumerable<Position> held)
    {
        var largest = held.MaxBy(p => p.Quantity)!;
        var missing = ExactJson.Text(-holding.Unassigned);
        return new Alarm
        {
            UserId = session.UserId,
            Kind = AlarmKind.BooksDiffer,
            Subject = Subject(session, holding.Asset),
            AccountId = session.Id,
            Symbol = largest.Symbol,
            PositionId = largest.Id,
            Message =
                $"The exchange has {ExactJson.Text(holding.Exchange)} {holding.Asset} on {session.Account.Name}, and the positions say "
                + $"{ExactJson.Text(holding.Positions)}: {missing} less, sold or moved elsewhere. Write {missing} off, or bring them back.",
        };
    }

    private static string Subject(AccountSession session, string asset) => $"{session.Id}:{asset}";

    /// <param name="Less">The assets of which the exchange had less at the last look.</param>
    private sealed record Look(DateTime NextAt, IReadOnlySet<string> Less)
    {
        /// <summary>Not the first look of this process, which does not know what it left behind.</summary>
        public bool IsKnown { get; init; }

        /// <summary>UTC, by the exchange's clock: of the newest fill that was known at the last look.</summary>
        public DateTime? LastFill { get; init; }
    }
}
