using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ExEngine.Web.Logs;

/// <summary>One line when the product is there: what it runs on and where to open it.</summary>
internal sealed class StartLine(IServer server, IConfiguration configuration, IHostApplicationLifetime lifetime, ILogger<StartLine> logger)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() =>
            logger.LogInformation(
                "Execution Engine {Version} is ready, with {Database} and {Limits}. Open {Address}",
                typeof(StartLine).Assembly.GetName().Version?.ToString(3),
                IsSet("Postgres") ? "PostgreSQL" : $"SQLite in {Path.GetFullPath(configuration["Data:Directory"] ?? "data")}",
                IsSet("Redis") ? "Redis" : "no Redis",
                string.Join(" or ", server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
            )
        );
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private bool IsSet(string connection) => configuration.GetConnectionString(connection) is { Length: > 0 };
}
