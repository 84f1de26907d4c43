using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Hosting;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Risk;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Orders;

/// <summary>
/// Looks once a minute, and whenever a limit changed, at the profit of every scope with a drawdown limit: raises its highest, and makes
/// the scope reduce-only once it has fallen as far as is allowed, until somebody resets that. What it cannot value now waits for the next
/// look; orders are judged by themselves meanwhile. Several instances may look at the same time.
/// </summary>
public sealed class DrawdownWatch(
    IDbContextFactory<AppDb> databases,
    RiskFigureReader figures,
    ChangeFeed feed,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<DrawdownWatch> logger
) : BackgroundService
{
    private const int AtOnce = 4;
    private const int Decimals = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly WakeSignal _wake = new(time);

    /// <summary>One look at all of them; returns when it is written.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        List<Watched> watched;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            watched = await (
                from r in db.RiskSettings.AsNoTracking()
                where r.MaxDrawdown != null && r.DrawdownReachedAt == null
                join u in db.RiskSettings on r.UserId equals u.ScopeId into mine
                from u in mine.DefaultIfEmpty()
                select new Watched(r, u == null ? null : u.Currency)
            ).ToListAsync(cancellationToken);
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(watched, parallel, async (w, token) => await TryLookAsync(w, token));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void Hear(ChangeEvent e)
        {
            if (e.Kind == ChangeKind.Risk)
            {
                _wake.Set();
            }
        }

        feed.Heard += Hear;
        try
        {
            await lifetime.WaitForStartAsync(stoppingToken);
            while (true)
            {
                await TryLookAsync(stoppingToken);
                await _wake.WaitAsync(Pause, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping, or a start that was refused.
        }
        finally
        {
            feed.Heard -= Hear;
        }
    }

    private async Task TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not OutOfMemoryException)
        {
            logger.LogWarning("Drawdowns could not be looked at: {Reason}; trying again in {Pause} s", e.Message, Pause.TotalSeconds);
        }
    }

    // One scope that cannot be read or written does not keep the others from being looked at.
    private async Task TryLookAsync(Watched watched, CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(watched, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not OutOfMemoryException)
        {
            logger.LogWarning("The drawdown of {Scope} could not be looked at: {Reason}", watched.Setting.ScopeId, e.Message);
        }
    }

    private async Task LookAsync(Watched watched, CancellationToken cancellationToken)
    {
        var seen = watched.Setting;
        if ((await figures.ReadAsync(seen, watched.Currency, cancellationToken)).TotalProfit is not { } profit)
        {
            return;
        }

        var (rounded, now) = (decimal.Round(profit, Decimals), time.GetUtcNow().UtcDateTime);
        if (rounded <= seen.ProfitPeak && !RiskLimits.IsDrawdownReached(seen, profit))
        {
            return;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await RiskLock.ChangeAsync(db, seen.UserId, cancellationToken);
        var settings = await db
            .RiskSettings.Where(r => r.ScopeId == seen.ScopeId || r.ScopeId == seen.UserId)
            .ToListAsync(cancellationToken);

        // What a person has set meanwhile is looked at anew: this profit may be in another currency, or of the time before a reset.
        if (
            settings.FirstOrDefault(s => s.ScopeId == seen.ScopeId) is not { DrawdownReachedAt: null } setting
            || setting.UpdatedAt != seen.UpdatedAt
            || RiskSetting.CurrencyOf(settings) != watched.Currency
        )
        {
            return;
        }

        setting.ProfitPeak = setting.ProfitPeak > rounded ? setting.ProfitPeak : rounded;
        setting.DrawdownReachedAt = RiskLimits.IsDrawdownReached(setting, profit) ? now : null;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (setting.DrawdownReachedAt is not null)
        {
            feed.Publish(new ChangeEvent(setting.UserId, ChangeKind.Risk, setting.ScopeId));
        }
    }

    private sealed record Watched(RiskSetting Setting, string? UserCurrency)
    {
        public string Currency => UserCurrency ?? RiskSetting.DefaultCurrency;
    }
}
