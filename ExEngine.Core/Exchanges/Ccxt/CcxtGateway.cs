using ExEngine.Core.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>
/// Starts the gateway once the web server listens, watches it and starts it anew when it ends or no longer answers, with a
/// pause that doubles. With <c>Gateway:Url</c> it only watches.
/// </summary>
internal sealed class CcxtGateway(
    GatewayClient client,
    GatewayStatus status,
    IOptions<GatewayOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<CcxtGateway> logger
) : BackgroundService
{
    private const int ToleratedMisses = 3;
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    // A run of this length was a good one: what ends after it is a first failure again.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    private readonly GatewayOptions _options = options.Value;
    private bool _told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.Enabled)
        {
            status.Set(GatewayState.Off, "Gateway:Enabled is false; only the paper exchange and stored rules are at hand.");
            return;
        }

        try
        {
            await lifetime.WaitForStartAsync(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                await GuardAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping, or a start that was refused.
        }
    }

    // What a background service throws stops the whole application; the paper exchange and stored rules go on without us.
    private async Task GuardAsync(CancellationToken stoppingToken)
    {
        try
        {
            await (_options.Url is null ? KeepRunningAsync(stoppingToken) : WatchAsync(_options.Url, stoppingToken));
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogError(e, "The watch over the CCXT gateway failed; it goes on in {Pause} s", LookAgain.TotalSeconds);
            status.Set(GatewayState.Failed, $"The gateway cannot be watched: {e.Message}");
            await Task.Delay(LookAgain, time, stoppingToken);
        }
    }

    private async Task KeepRunningAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var (place, missing) = GatewayPlace.Find(_options);
            if (place is null)
            {
                Report(GatewayState.Missing, missing);
                await Task.Delay(LookAgain, time, stoppingToken);
                continue;
            }

            var started = time.GetTimestamp();
            var end = await RunAsync(place, stoppingToken);
            failures = time.GetElapsedTime(started) >= Settled ? 1 : failures + 1;
            var pause = new Backoff(_options.RestartDelay, MaxDelay).ForAttempt(failures);
            Report(
                failures < ToleratedMisses ? GatewayState.Starting : GatewayState.Failed,
                $"{end} It is started again in {pause.TotalSeconds:0.#} s."
            );
            await Task.Delay(pause, time, stoppingToken);
        }
    }

    // Once: a gateway that starts again is in the same cage.
    private void Tell(GatewayCage cage)
    {
        if (cage.Open.Count > 0 && !_told)
        {
            _told = true;
            logger.LogWarning("The CCXT gateway may do more than it needs: {Open}", string.Join("; ", cage.Open));
        }
    }

    /// <returns>How it ended.</returns>
    private async Task<string> RunAsync(GatewayPlace place, CancellationToken stoppingToken)
    {
        try
        {
            var cage = await GatewayCage.FindAsync(place, client.SocketPath, _options, stoppingToken);
            await using var process = GatewayProcess.Start(place, cage, client.SocketPath, time, logger);
            if (await process.ListensAsync(_options.StartTimeout, stoppingToken))
            {
                status.Set(GatewayState.Running, $"The gateway runs as process {process.Id}.", started: true);
                logger.LogInformation("The CCXT gateway runs as process {Process}", process.Id);
                Tell(cage);
                await WatchAsync(process, stoppingToken);
            }

            process.Kill();
            return process.ExitSummary();
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            return $"The gateway cannot be run: {e.Message.TrimEnd('.')}.";
        }
    }

    /// <summary>Returns when the process has ended or no longer answers.</summary>
    private async Task WatchAsync(GatewayProcess process, CancellationToken stoppingToken)
    {
        var misses = 0;
        while (misses < ToleratedMisses)
        {
            if (await EndsWithinAsync(process, PingInterval, stoppingToken))
            {
                return;
            }

            misses = await AnswersAsync(stoppingToken) is null ? 0 : misses + 1;
        }
    }

    private async Task<bool> EndsWithinAsync(GatewayProcess process, TimeSpan pause, CancellationToken stoppingToken)
    {
        try
        {
            await process.Ended.WaitAsync(pause, time, stoppingToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task WatchAsync(string url, CancellationToken stoppingToken)
    {
        while (true)
        {
            var failure = await AnswersAsync(stoppingToken);
            Report(failure is null ? GatewayState.Running : GatewayState.Failed, failure ?? $"The gateway at {url} answers.");
            await Task.Delay(PingInterval, time, stoppingToken);
        }
    }

    /// <returns>Null, or why not.</returns>
    private async Task<string?> AnswersAsync(CancellationToken stoppingToken)
    {
        try
        {
            await client.PingAsync(stoppingToken);
            return null;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            return e.Message;
        }
    }

    private void Report(GatewayState state, string reason)
    {
        if (status.Report.State != state || state == GatewayState.Starting)
        {
            logger.LogWarning("CCXT gateway {State}: {Reason}", state, reason);
        }

        status.Set(state, reason);
    }
}
