using ExEngine.Core.Data;
using ExEngine.Core.Events;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Risk;

/// <summary>Whether a scope of this kind and id is the user's. Orders know no webhooks: whoever has them registers it.</summary>
public delegate Task<bool> RiskScopeQuery(AppDb db, Guid userId, RiskScope scope, Guid scopeId, CancellationToken cancellationToken);

/// <summary>
/// Where trading states and limits are read and set, for pages and REST alike. Every method takes the user whose rows it may touch.
/// A change waits for orders that are being planned, and those after it see it.
/// </summary>
public sealed class RiskService(IDbContextFactory<AppDb> databases, IEnumerable<RiskScopeQuery> scopes, ChangeFeed feed, TimeProvider time)
{
    /// <param name="scopeId">The account's or webhook's id; the user's own for <see cref="RiskScope.User"/>.</param>
    public async Task<RiskResult> FindAsync(Guid userId, RiskScope scope, Guid scopeId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await IsMineAsync(db, userId, scope, scopeId, cancellationToken)
            ? Done(
                await Row(db, userId, scope, scopeId).AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? New(userId, scope, scopeId)
            )
            : new RiskResult.NotFound();
    }

    /// <summary>Everything that was ever set, the user's own first.</summary>
    public async Task<IReadOnlyList<RiskSetting>> ListAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.RiskSettings.AsNoTracking().Where(r => r.UserId == userId).ToListAsync(cancellationToken);
        return [.. rows.OrderBy(r => r.Scope).ThenBy(r => r.ScopeId)];
    }

    public async Task<RiskResult> SetAsync(Guid userId, RiskScope scope, Guid scopeId, RiskInput input, CancellationToken cancellationToken)
    {
        var checkedInput = await new RiskInputValidator().ValidateAsync(input, cancellationToken);
        if (!checkedInput.IsValid)
        {
            return new RiskResult.Invalid(checkedInput.ToDictionary());
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await RiskLock.ChangeAsync(db, userId, cancellationToken);
        if (!await IsMineAsync(db, userId, scope, scopeId, cancellationToken))
        {
            return new RiskResult.NotFound();
        }

        var setting =
            await Row(db, userId, scope, scopeId).SingleOrDefaultAsync(cancellationToken) ?? db.Add(New(userId, scope, scopeId)).Entity;
        Fill(setting, input);
        setting.UpdatedAt = Now;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(new ChangeEvent(userId, ChangeKind.Risk, scopeId));
        return Done(setting);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private RiskResult.Done Done(RiskSetting setting) => new(setting, RiskLimits.StateOf([setting], Now));

    private async Task<bool> IsMineAsync(AppDb db, Guid userId, RiskScope scope, Guid scopeId, CancellationToken cancellationToken)
    {
        if (scope == RiskScope.User)
        {
            return scopeId == userId;
        }

        foreach (var query in scopes)
        {
            if (await query(db, userId, scope, scopeId, cancellationToken))
            {
                return true;
            }
        }

        return scope == RiskScope.Account
            && await db.ExchangeAccounts.AnyAsync(a => a.Id == scopeId && a.UserId == userId && a.DeletedAt == null, cancellationToken);
    }

    private static IQueryable<RiskSetting> Row(AppDb db, Guid userId, RiskScope scope, Guid scopeId) =>
        db.RiskSettings.Where(r => r.ScopeId == scopeId && r.UserId == userId && r.Scope == scope);

    private static RiskSetting New(Guid userId, RiskScope scope, Guid scopeId) =>
        new()
        {
            ScopeId = scopeId,
            UserId = userId,
            Scope = scope,
        };

    private static void Fill(RiskSetting setting, RiskInput input)
    {
        setting.State = input.State ?? setting.State;
        setting.HaltProtection = input.HaltProtection ?? setting.HaltProtection;
        if (input.Limits is not { } limits)
        {
            return;
        }

        // Another limit is another judgement: today's losses are held against it when the next order is planned.
        setting.ReduceOnlyUntil = limits.MaxDailyLoss == setting.MaxDailyLoss ? setting.ReduceOnlyUntil : null;
        setting.MaxOrderValue = limits.MaxOrderValue;
        setting.MaxPositionValue = limits.MaxPositionValue;
        setting.MaxOpenOrders = limits.MaxOpenOrders;
        setting.MaxDailyLoss = limits.MaxDailyLoss;
        setting.MaxSignalsPerMinute = limits.MaxSignalsPerMinute;
    }
}
