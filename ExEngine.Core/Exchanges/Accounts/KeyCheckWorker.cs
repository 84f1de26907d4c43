using System.Threading.Channels;
using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>
/// Asks about every live account's key once a day, and soon after an exchange turned one down. With several instances one
/// of them asks: a check is taken by moving its due time.
/// </summary>
public sealed class KeyCheckWorker(
    IDbContextFactory<AppDb> databases,
    CcxtAccounts accounts,
    ApiKeyChecker keys,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<KeyCheckWorker> logger
) : BackgroundService
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Taken = TimeSpan.FromMinutes(5);

    private readonly WakeSignal _wake = new(time);
    private readonly Channel<Guid> _refused = Channel.CreateBounded<Guid>(
        new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropOldest }
    );

    /// <summary>Asks about the keys that are due; returns when all of them have been answered for.</summary>
    public async Task CheckDueAsync(CancellationToken cancellationToken)
    {
        List<ExchangeAccount> due;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            var now = time.GetUtcNow().UtcDateTime;
            due = await db
                .ExchangeAccounts.AsNoTracking()
                .Where(a =>
                    a.Mode == AccountMode.Live && a.DeletedAt == null && a.ApiKeySealed != null && (a.KeyDueAt == null || a.KeyDueAt <= now)
                )
                .ToListAsync(cancellationToken);
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            due,
            parallel,
            async (account, token) =>
            {
                if (await TakeAsync(account, token))
                {
                    var verdict = await keys.CheckAsync(account, token);
                    logger.LogInformation(
                        "The key of account {Account} on {Exchange} was checked: {State}",
                        account.Id,
                        account.Exchange,
                        verdict.State
                    );
                }
            }
        );
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        accounts.KeyRefused += TakeNote;
        try
        {
            await lifetime.WaitForStartAsync(stoppingToken);
            while (true)
            {
                await PassAsync(stoppingToken);
                await _wake.WaitAsync(Pause, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping, or a start that was refused.
        }
        finally
        {
            accounts.KeyRefused -= TakeNote;
        }
    }

    private void TakeNote(Guid account)
    {
        _refused.Writer.TryWrite(account);
        _wake.Set();
    }

    private async Task PassAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (_refused.Reader.TryRead(out var account))
            {
                await HurryAsync(account, stoppingToken);
            }

            await CheckDueAsync(stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested && e is not OutOfMemoryException)
        {
            logger.LogWarning("Keys could not be checked: {Reason}; trying again", e.Message);
        }
    }

    // A key that is known to be refused is not asked about for each order that it refuses.
    private async Task HurryAsync(Guid account, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        await db
            .ExchangeAccounts.Where(a => a.Id == account && a.KeyState != KeyState.Rejected)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.KeyDueAt, now), cancellationToken);
    }

    private async Task<bool> TakeAsync(ExchangeAccount account, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var until = time.GetUtcNow().UtcDateTime + Taken;
        return await db
                .ExchangeAccounts.Where(a => a.Id == account.Id && a.KeyDueAt == account.KeyDueAt)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.KeyDueAt, until), cancellationToken) > 0;
    }
}
