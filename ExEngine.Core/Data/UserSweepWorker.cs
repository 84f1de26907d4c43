using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Data;

/// <summary>
/// Deletes what a deleted user left behind (<see cref="UserRows.OrphansAsync"/>): before the server listens, and once a day.
/// </summary>
public sealed class UserSweepWorker(IDbContextFactory<AppDb> databases, TimeProvider time, ILogger<UserSweepWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromDays(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await SweepAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SweepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    // What is left lies where no one sees it, so a database that does not answer holds nothing up: the next look is tomorrow.
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            foreach (var userId in await UserRows.OrphansAsync(db, cancellationToken))
            {
                await UserRows.DeleteAsync(db, userId, cancellationToken);
                logger.LogInformation("Deleted what the deleted user {User} had left behind", userId);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning("Rows of deleted users could not be removed; trying again in a day: {Reason}", e.Message);
        }
    }
}
