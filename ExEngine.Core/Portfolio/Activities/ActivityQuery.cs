using ExEngine.Core.Data;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Portfolio.Activities;

/// <summary>
/// What happened, newest first, read from the rows that say it: executions, refused signals and orders, alarms. There is no second list
/// that could disagree with them, and nothing is written for it while an alert is taken.
/// </summary>
public sealed class ActivityQuery(IDbContextFactory<AppDb> databases)
{
    /// <param name="before">Only what is older than this id.</param>
    /// <param name="take">At least 1.</param>
    /// <returns>Newest first.</returns>
    public Task<IReadOnlyList<ActivityEntry>> ListAsync(
        Guid userId,
        ActivityFilter filter,
        Guid? before,
        int take,
        CancellationToken cancellationToken
    ) => ReadAsync(userId, filter, Guid.Empty, before ?? Guid.AllBitsSet, take, cancellationToken);

    /// <summary>What was written at or after this UTC instant. A refusal counts from when its signal or order came.</summary>
    /// <returns>The newest of them, newest first.</returns>
    public Task<IReadOnlyList<ActivityEntry>> SinceAsync(Guid userId, DateTime since, int take, CancellationToken cancellationToken) =>
        ReadAsync(userId, ActivityFilter.All, SequentialIds.LowestAt(since), Guid.AllBitsSet, take, cancellationToken);

    private async Task<IReadOnlyList<ActivityEntry>> ReadAsync(
        Guid userId,
        ActivityFilter filter,
        Guid from,
        Guid before,
        int take,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        List<ActivityEntry> found = [];
        if (filter.Has(ActivityKind.Fill) || filter.Has(ActivityKind.ProtectionExit))
        {
            found.AddRange(await ReadAsync(Executions(db, userId, filter)));
        }

        if (filter.Has(ActivityKind.Refusal))
        {
            found.AddRange(await ReadAsync(Signals(db, userId)));
            found.AddRange(await ReadAsync(Orders(db, userId)));
        }

        if (filter.Has(ActivityKind.Alarm))
        {
            found.AddRange(await ReadAsync(Alarms(db, userId)));
        }

        // Each kind brought its newest, so the newest of all are among them.
        return [.. found.OrderByDescending(e => e.Id).Take(take)];

        Task<List<ActivityEntry>> ReadAsync(IQueryable<ActivityEntry> entries)
        {
            if (filter.AccountId is { } account)
            {
                entries = entries.Where(e => e.AccountId == account);
            }

            if (filter.Symbol?.Trim().ToUpperInvariant() is { Length: > 0 } symbol)
            {
#pragma warning disable CA1862 // The comparisons that it proposes have no translation to SQL.
                entries = entries.Where(e => e.Symbol!.ToUpper() == symbol);
#pragma warning restore CA1862
            }

            return entries
                .Where(e => e.Id.CompareTo(from) >= 0 && e.Id.CompareTo(before) < 0)
                .OrderByDescending(e => e.Id)
                .Take(take)
                .ToListAsync(cancellationToken);
        }
    }

    private static IQueryable<ActivityEntry> Executions(AppDb db, Guid userId, ActivityFilter filter)
    {
        var fills =
            from f in db.Fills.AsNoTracking()
            where f.UserId == userId && f.Kind == FillKind.Trade
            join o in db.Orders on f.OrderId equals o.Id
            join a in db.ExchangeAccounts on f.AccountId equals a.Id
            select new
            {
                f,
                o,
                a,
            };
        fills = filter.Kind switch
        {
            ActivityKind.Fill => fills.Where(x => x.o.Origin != OrderOrigin.Protection),
            ActivityKind.ProtectionExit => fills.Where(x => x.o.Origin == OrderOrigin.Protection),
            _ => fills,
        };
        return fills.Select(x => new ActivityEntry
        {
            Id = x.f.Id,
            Kind = x.o.Origin == OrderOrigin.Protection ? ActivityKind.ProtectionExit : ActivityKind.Fill,
            At = x.f.At,
            AccountId = x.f.AccountId,
            Account = x.a.Name,
            Exchange = x.a.Exchange,
            Symbol = x.f.Symbol,
            Side = x.f.Side,
            Quantity = x.f.Quantity,
            Price = x.f.Price,
            RealizedProfit = x.f.RealizedProfit,
            Leg = x.o.Leg,
            OrderId = x.f.OrderId,
        });
    }

    // Named one by one, as the partial index has them: a list that is a parameter would not find it.
    private static IQueryable<ActivityEntry> Signals(AppDb db, Guid userId) =>
        from s in db.Signals.AsNoTracking()
        where s.UserId == userId && (s.Status == SignalStatus.Refused || s.Status == SignalStatus.Stale || s.Status == SignalStatus.Failed)
        join a in db.ExchangeAccounts on s.AccountId equals a.Id into accounts
        from a in accounts.DefaultIfEmpty()
        select new ActivityEntry
        {
            Id = s.Id,
            Kind = ActivityKind.Refusal,
            At = s.ReceivedAt,
            AccountId = s.AccountId,
            Account = a.Name,
            Exchange = a.Exchange,
            Symbol = s.Symbol,
            Action = s.Action,
            Code = s.Code,
            Text = s.Reason,
            SignalId = s.Id,
        };

    // What a signal's orders were refused for stands with the signal.
    private static IQueryable<ActivityEntry> Orders(AppDb db, Guid userId) =>
        from o in db.Orders.AsNoTracking()
        where o.UserId == userId && (o.Status == OrderStatus.Denied || o.Status == OrderStatus.Rejected) && o.Origin != OrderOrigin.Signal
        join a in db.ExchangeAccounts on o.AccountId equals a.Id
        select new ActivityEntry
        {
            Id = o.Id,
            Kind = ActivityKind.Refusal,
            At = o.CreatedAt,
            AccountId = o.AccountId,
            Account = a.Name,
            Exchange = a.Exchange,
            Symbol = o.Symbol,
            Side = o.Side,
            Leg = o.Leg,
            Code = o.Code,
            Text = o.Reason,
            OrderId = o.Id,
        };

    private static IQueryable<ActivityEntry> Alarms(AppDb db, Guid userId) =>
        from r in db.Alarms.AsNoTracking()
        where r.UserId == userId
        join a in db.ExchangeAccounts on r.AccountId equals a.Id into accounts
        from a in accounts.DefaultIfEmpty()
        select new ActivityEntry
        {
            Id = r.Id,
            Kind = ActivityKind.Alarm,
            At = r.Since,
            AccountId = r.AccountId,
            Account = a.Name,
            Exchange = a.Exchange,
            Symbol = r.Symbol,
            AlarmKind = r.Kind,
            Text = r.Message,
            OrderId = r.OrderId,
        };
}
