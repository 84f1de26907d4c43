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
            ? await DoneAsync(
                db,
                await Row(db, userId, scope, scopeId).AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? New(userId, scope, scopeId),
                cancellationToken
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

        if (scope != RiskScope.User && input.Currency is not null)
        {
            return new RiskResult.Invalid(
                new Dictionary<string, string[]> { ["currency"] = ["One currency holds for all your limits: set it for all your trading."] }
            );
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
        if (setting.Scope == RiskScope.User && input.Currency?.Trim().ToUpperInvariant() is { } currency)
        {
            await ChangeCurrencyAsync(db, setting, currency, cancellationToken);
        }

        Fill(setting, input);
        setting.UpdatedAt = Now;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(new ChangeEvent(userId, ChangeKind.Risk, scopeId));
        return await DoneAsync(db, setting, cancellationToken);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task<RiskResult> DoneAsync(AppDb db, RiskSetting setting, CancellationToken cancellationToken)
    {
        var currency =
            setting.Scope == RiskScope.User
                ? setting.Currency
                : await Row(db, setting.UserId, RiskScope.User, setting.UserId)
                    .Select(r => r.Currency)
                    .SingleOrDefaultAsync(cancellationToken);
        return new RiskResult.Done(setting, RiskLimits.StateOf([setting], Now), currency ?? RiskSetting.DefaultCurrency);
    }

    // The numbers stay; what was the highest profit was so in the former currency. What was reached stays reached.
    private static async Task ChangeCurrencyAsync(AppDb db, RiskSetting mine, string currency, CancellationToken cancellationToken)
    {
        if (currency == (mine.Currency ?? RiskSetting.DefaultCurrency))
        {
            return;
        }

        mine.Currency = currency;
        mine.ProfitPeak = null;
        await db
            .RiskSettings.Where(r => r.UserId == mine.UserId && r.ScopeId != mine.ScopeId)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.ProfitPeak, (decimal?)null), cancellationToken);
    }

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
        if (input.ResetDrawdown == true)
        {
            (setting.DrawdownReachedAt, setting.ProfitPeak) = (null, null);
        }

        if (input.Limits is not { } limits)
        {
            return;
        }

        // Another limit is another judgement: today's losses are held against it when the next order is planned.
        setting.ReduceOnlyUntil = limits.MaxDailyLoss == setting.MaxDailyLoss ? setting.ReduceOnlyUntil : null;
        if (limits.MaxDrawdown != setting.MaxDrawdown)
        {
            (setting.DrawdownReachedAt, setting.ProfitPeak) = (null, null);
        }

        setting.MaxOrderValue = limits.MaxOrderValue;
        setting.MaxPositionValue = limits.MaxPositionValue;
        setting.MaxExposure = limits.MaxExposure;
        setting.MaxOpenOrders = limits.MaxOpenOrders;
        setting.MaxDailyLoss = limits.MaxDailyLoss;
        setting.MaxUnrealizedLoss = limits.MaxUnrealizedLoss;
        setting.MaxDrawdown = limits.MaxDrawdown;
        setting.MaxSignalsPerMinute = limits.MaxSignalsPerMinute;
    }
}
