using ExEngine.Core.Data.Sealing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace ExEngine.Core.Data;

/// <summary>
/// Makes the database ready before anything else starts: the starting phase comes before every hosted service, the web
/// server and Data Protection's own reading of the key ring included.
/// </summary>
internal sealed class DataStartWorker(
    IConfiguration configuration,
    DataDirectory directory,
    DatabaseMigration migration,
    KeyRingCheck keyRing
) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (configuration.GetConnectionString("Postgres") is not { Length: > 0 })
        {
            directory.Hold();
        }

        await migration.RunAsync(cancellationToken);
        directory.Restrict();
        await keyRing.RunAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
