using Microsoft.Extensions.Hosting;

namespace ExEngine.Core.Data;

/// <summary>
/// Makes the database ready before anything else starts: the starting phase comes before every hosted service, the web
/// server and Data Protection's own reading of the key ring included.
/// </summary>
internal sealed class DataStartWorker(DatabaseMigration migration) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken) => await migration.RunAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
