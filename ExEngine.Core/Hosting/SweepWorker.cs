using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Hosting;

/// <summary>
/// Sweeps a while after the start, which it must not slow down, and every six hours from then on. A sweep that fails is said and tried
/// again with the next.
/// </summary>
/// <param name="firstAfter">Time from the start to the first sweep.</param>
/// <param name="failure">What a failure is called in the log, without a full stop.</param>
public abstract class SweepWorker(TimeSpan firstAfter, string failure, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(6);

    protected TimeProvider Clock { get; } = time;
    protected ILogger Log { get; } = logger;

    /// <returns>How many rows were removed or emptied.</returns>
    protected internal abstract Task<int> SweepAsync(CancellationToken cancellationToken);

    /// <summary>Called after a sweep that removed something.</summary>
    protected virtual void Removed(int rows) { }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(firstAfter, Clock, stoppingToken);
            while (true)
            {
                await TrySweepAsync(stoppingToken);
                await Task.Delay(Period, Clock, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task TrySweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await SweepAsync(cancellationToken) is > 0 and var rows)
            {
                Removed(rows);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogWarning("{Failure}; trying again in {Hours} h: {Reason}", failure, Period.TotalHours, e.Message);
        }
    }
}
