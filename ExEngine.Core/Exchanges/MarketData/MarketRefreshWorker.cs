using ExEngine.Core.Data;
using ExEngine.Core.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Exchanges.MarketData;

/// <summary>
/// Keeps the rules of the exchanges in use fresh, so that no signal waits for them or meets old ones: those of all
/// accounts from the start, others from their first use.
/// </summary>
internal sealed class MarketRefreshWorker(
    MarketCatalog markets,
    IDbContextFactory<AppDb> databases,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<MarketRefreshWorker> logger
) : BackgroundService
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await lifetime.WaitForStartAsync(stoppingToken);
            await WarmAsync(stoppingToken);
            using var timer = new PeriodicTimer(Pause, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await markets.RefreshDueAsync().WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping, or a start that was refused.
        }
    }

    private async Task WarmAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(stoppingToken);
            var used = await db
                .ExchangeAccounts.Where(a => a.DeletedAt == null)
                .Select(a => a.Exchange)
                .Distinct()
                .ToListAsync(stoppingToken);
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken };
            await Parallel.ForEachAsync(used, parallel, async (exchange, cancelled) => await markets.FindAsync(exchange, cancelled));
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogWarning("The exchanges in use could not be read: {Reason}; their rules are fetched at their first use", e.Message);
        }
    }
}
