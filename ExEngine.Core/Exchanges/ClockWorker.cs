using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Exchanges;

/// <summary>Compares our clock with those of the exchanges that live accounts are on, every few minutes.</summary>
internal sealed class ClockWorker(
    ExchangeClocks clocks,
    ChangeFeed feed,
    IDbContextFactory<AppDb> databases,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<ClockWorker> logger
) : BackgroundService
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(2);

    private readonly WakeSignal _wake = new(time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        feed.Heard += Hear;
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
            feed.Heard -= Hear;
        }
    }

    // A new account may be on an exchange that nobody has measured.
    private void Hear(ChangeEvent e)
    {
        if (e.Kind == ChangeKind.ExchangeAccount)
        {
            _wake.Set();
        }
    }

    private async Task PassAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(stoppingToken);
            var used = await db
                .ExchangeAccounts.Where(a => a.Mode == AccountMode.Live && a.DeletedAt == null)
                .Select(a => a.Exchange)
                .Distinct()
                .ToListAsync(stoppingToken);
            clocks.Keep(used);
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken };
            await Parallel.ForEachAsync(used, parallel, async (exchange, cancelled) => await MeasureAsync(exchange, cancelled));
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested && e is not OutOfMemoryException)
        {
            logger.LogWarning("Clocks could not be compared: {Reason}", e.Message);
        }
    }

    private async Task MeasureAsync(string exchange, CancellationToken cancellationToken)
    {
        await clocks.MeasureAsync(exchange, cancellationToken);
        if (clocks.Find(exchange) is { IsFar: true } clock)
        {
            logger.LogWarning("This clock differs from {Exchange}'s by {Drift}; synchronise it", exchange, clock.Text);
        }
    }
}
