using System.Collections.Concurrent;
using ExEngine.Core.Alarms;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Core.Text;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Engine.Execution;

/// <summary>
/// Compares now and then what the exchange holds with the sum of an account's positions: less there than here is an alarm, because somebody
/// else sold or moved coins, or paid fees with them. More there is nobody's trouble.
/// </summary>
internal sealed class BooksWatch(AccountLeases leases, AlarmBook alarms, ChangeFeed feed, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>A difference is looked at once more: a trade may be on its way.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, Look> _looks = new();

    /// <returns>UTC of the next look.</returns>
    public async Task<DateTime> LookAsync(AccountSession session, AccountState state, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var held = state.Positions.Where(p => p.Quantity > 0).ToLookup(p => p.Base);
        var look = _looks.GetValueOrDefault(session.Id) ?? new Look(now + Again, new Dictionary<string, decimal>());
        if (now < look.NextAt || state.Orders.Any(o => o.FilledQuantity != o.BookedQuantity || o.Status.IsUnsettled()))
        {
            _looks[session.Id] = look;
            return look.NextAt > now ? look.NextAt : now + Again;
        }

        // Where nothing is held, nothing can be missing, and the exchange need not be asked.
        var balances = held.Count == 0 ? [] : (await session.Exchange.BalancesAsync(cancellationToken)).Value;
        if (balances is null)
        {
            _looks[session.Id] = look with { NextAt = now + Again };
            return now + Again;
        }

        var less = Less(held, balances);
        await FollowAsync(session, held, balances, [.. less.Keys.Intersect(look.Less.Keys)], look, cancellationToken);
        var nextAt = now + (less.Keys.All(look.Less.ContainsKey) ? Every : Again);
        _looks[session.Id] = new Look(nextAt, less) { IsKnown = true };
        return nextAt;
    }

    private static Dictionary<string, decimal> Less(ILookup<string, Position> held, IReadOnlyList<AssetBalance> balances) =>
        held.Select(h => (Asset: h.Key, Less: h.Sum(p => p.Quantity) - balances.Where(b => b.Asset == h.Key).Sum(b => b.Total)))
            .Where(h => h.Less > 0)
            .ToDictionary(h => h.Asset, h => h.Less, StringComparer.Ordinal);

    // What was less twice is an alarm; what is not any more, and was, has ended.
    private async Task FollowAsync(
        AccountSession session,
        ILookup<string, Position> held,
        IReadOnlyList<AssetBalance> balances,
        IReadOnlyList<string> less,
        Look before,
        CancellationToken cancellationToken
    )
    {
        var over = before.Less.Keys.Except(less).ToList();
        if (less.Count == 0 && over.Count == 0 && before.IsKnown)
        {
            return;
        }

        await using var write = await leases.BeginAsync(session.Claim, cancellationToken);
        var changed = false;
        foreach (var asset in less)
        {
            changed |= await alarms.RaiseAsync(write.Db, AlarmOf(session, asset, [.. held[asset]], balances), cancellationToken);
        }

        var on = await write
            .Db.Alarms.AsNoTracking()
            .Where(a => a.UserId == session.UserId && a.Kind == AlarmKind.BooksDiffer && a.AccountId == session.Id && a.EndedAt == null)
            .Select(a => a.Subject)
            .ToListAsync(cancellationToken);
        foreach (var subject in on.Except(less.Select(asset => Subject(session, asset))))
        {
            changed |= await alarms.EndAsync(write.Db, session.UserId, AlarmKind.BooksDiffer, subject, cancellationToken);
        }

        await write.CommitAsync(cancellationToken);
        if (changed)
        {
            feed.Publish(AlarmBook.Changed(session.UserId, session.Id));
        }
    }

    private static Alarm AlarmOf(AccountSession session, string asset, List<Position> held, IReadOnlyList<AssetBalance> balances)
    {
        var (there, here) = (balances.Where(b => b.Asset == asset).Sum(b => b.Total), held.Sum(p => p.Quantity));
        var largest = held.MaxBy(p => p.Quantity)!;
        return new Alarm
        {
            UserId = session.UserId,
            Kind = AlarmKind.BooksDiffer,
            Subject = Subject(session, asset),
            AccountId = session.Id,
            Symbol = largest.Symbol,
            PositionId = largest.Id,
            Message =
                $"The exchange has {ExactJson.Text(there)} {asset} on {session.Account.Name}, and the positions say {ExactJson.Text(here)}: "
                + $"{ExactJson.Text(here - there)} less, sold or moved elsewhere. Write {ExactJson.Text(here - there)} off, or bring them back.",
        };
    }

    private static string Subject(AccountSession session, string asset) => $"{session.Id}:{asset}";

    /// <param name="Less">By asset: what the exchange had less at the last look.</param>
    private sealed record Look(DateTime NextAt, IReadOnlyDictionary<string, decimal> Less)
    {
        /// <summary>Not the first look of this process, which does not know what it left behind.</summary>
        public bool IsKnown { get; init; }
    }
}
