using Microsoft.Extensions.Hosting;

namespace ExEngine.Core.Hosting;

internal static class HostStart
{
    /// <summary>Waits until the web server listens, so that background work never delays it.</summary>
    public static async Task WaitForStartAsync(this IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }
}
