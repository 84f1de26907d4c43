using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.Accounts;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Portfolio.Money;

/// <summary>Reads the equity of a user's accounts over time, for pages and REST alike. Asks no exchange.</summary>
public sealed class EquityQuery(IDbContextFactory<AppDb> databases, TimeProvider time)
{
    /// <summary>Points of a line, at the most.</summary>
    public const int MaxPoints = 400;
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    /// <summary>Every account that is there; a deleted one has left the line.</summary>
    /// <param name="from">UTC; null for the first snapshot.</param>
    /// <param name="to">UTC; null for now.</param>
    public async Task<EquityHistory> ReadAsync(MoneyScope scope, DateTime? from, DateTime? to, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var currency = await EquityCurrency.OfAsync(db, scope.UserId, cancellationToken);
        var accounts = await db
            .ExchangeAccounts.AsNoTracking()
            .Where(a => a.UserId == scope.UserId && a.DeletedAt == null && a.Mode == scope.Mode)
            .Where(a => scope.AccountId == null || a.Id == scope.AccountId)
            .Select(a => new { a.Id, a.Name })
            .ToListAsync(cancellationToken);
        var ids = accounts.Select(a => a.Id).ToList();
        var all = db.EquitySnapshots.AsNoTracking().Where(s => ids.Contains(s.AccountId));

        // What was taken down in another currency has no place on this line.
        var mine = all.Where(s => s.Currency == currency);
        var begins = await mine.Where(s => s.Equity != null)
            .GroupBy(s => s.AccountId)
            .Select(g => new { g.Key, Slot = g.Min(s => s.Slot) })
            .ToDictionaryAsync(g => g.Key, g => g.Slot, cancellationToken);
        if (begins.Count == 0)
        {
            var why = await all.OrderByDescending(s => s.Slot).Select(s => s.Problem).FirstOrDefaultAsync(cancellationToken);
            return new EquityHistory(currency, new EquityLine([]), accounts.Count, null, [], why);
        }

        var now = time.GetUtcNow().UtcDateTime;
        var end = to < now ? to.Value : now;
        if (end < begins.Values.Min())
        {
            return new EquityHistory(currency, new EquityLine([]), accounts.Count, null, [], null);
        }

        var start = from > begins.Values.Min() - Shortest ? from.Value : begins.Values.Min() - Shortest;
        start = start < end - Shortest ? start : end - Shortest;
        start = start.AddTicks(-(start.Ticks % Shortest.Ticks));
        var step = StepOf(end - start);

        // A row of an hour or a day stands for what comes after it.
        var carried =
            end - start > EquityThinning.HoursFor || now - start > EquityThinning.HoursFor ? TimeSpan.FromDays(3) : TimeSpan.FromHours(3);
        var first = start - carried;
        var rows = await mine.Where(s => s.Slot >= first && s.Slot <= end).ToListAsync(cancellationToken);
        var names = accounts.ToDictionary(a => a.Id, a => a.Name);
        var silent = rows.GroupBy(r => r.AccountId)
            .Select(g => g.MaxBy(r => r.Slot)!)
            .Where(r => r.Equity is null && r.Problem is not null)
            .Select(r => new EquityGap(names[r.AccountId], r.Problem!))
            .OrderBy(g => g.Account, StringComparer.Ordinal)
            .ToList();
        var leftOut = rows.GroupBy(r => r.AccountId)
            .Select(g => g.MaxBy(r => r.Slot)!.LeftOut)
            .OfType<string>()
            .SelectMany(l => l.Split(", "))
            .Distinct()
            .Order(StringComparer.Ordinal);
        return new EquityHistory(
            currency,
            EquityLine.Of(rows, begins, start, end, step),
            accounts.Count,
            string.Join(", ", leftOut) is { Length: > 0 } named ? named : null,
            silent,
            null
        );
    }

    /// <summary>The modes that the user has accounts in, live first.</summary>
    public async Task<IReadOnlyList<AccountMode>> ModesAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var modes = await db
            .ExchangeAccounts.Where(a => a.UserId == userId && a.DeletedAt == null)
            .Select(a => a.Mode)
            .Distinct()
            .ToListAsync(cancellationToken);
        return [.. modes.OrderDescending()];
    }

    /// <param name="mode">Null for that of the account, or live where there is a live account.</param>
    public async Task<MoneyScope> ScopeAsync(Guid userId, AccountMode? mode, Guid? accountId, CancellationToken cancellationToken)
    {
        if (mode is null && accountId is not null)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            mode = await db
                .ExchangeAccounts.Where(a => a.UserId == userId && a.Id == accountId)
                .Select(a => (AccountMode?)a.Mode)
                .SingleOrDefaultAsync(cancellationToken);
        }

        mode ??= (await ModesAsync(userId, cancellationToken)) is [var first, ..] ? first : AccountMode.Paper;
        return new MoneyScope(userId, mode.Value, accountId);
    }

    // Whole multiples of five minutes, so that the points of a short line are its snapshots.
    private static TimeSpan StepOf(TimeSpan length)
    {
        var steps = (length.Ticks / MaxPoints / Shortest.Ticks) + 1;
        return Shortest * steps;
    }
}

/// <param name="Currency">What all amounts are in.</param>
/// <param name="Accounts">How many there are, with a snapshot or without.</param>
/// <param name="LeftOut">Assets that have no rate and are not in it, by name; null for none.</param>
/// <param name="Gaps">Accounts whose last look brought no figure.</param>
/// <param name="Problem">Why there is no point at all, when that is known.</param>
public sealed record EquityHistory(
    string Currency,
    EquityLine Line,
    int Accounts,
    string? LeftOut,
    IReadOnlyList<EquityGap> Gaps,
    string? Problem
);

/// <param name="Account">Its name.</param>
/// <param name="Reason">In words.</param>
public sealed record EquityGap(string Account, string Reason);
