using ExEngine.Core.Exchanges;
using ExEngine.Core.Hosting;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Engine;

/// <summary>
/// Listens to the exchange's own stream of an account's orders, where it has one: each line is a hint to look now. The stream ends
/// and is opened again; nothing rests on it, because orders are polled in any case.
/// </summary>
/// <param name="hear">Told the symbol of each change.</param>
internal sealed class StreamListener(Func<IExchange> exchange, Action<string> hear, TimeProvider time, ILogger logger)
{
    private static readonly Backoff Reopening = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    /// <summary>Returns when it is cancelled.</summary>
    public async Task ListenAsync(Guid accountId, CancellationToken cancellationToken)
    {
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var began = time.GetTimestamp();
                await HearAsync(accountId, cancellationToken);
                attempt = time.GetElapsedTime(began) > Reopening.Max ? 1 : attempt;
                await Task.Delay(Reopening.ForAttempt(attempt), time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task HearAsync(Guid accountId, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var symbol in exchange().ChangesAsync(cancellationToken))
            {
                hear(symbol);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning(
                "Account {Account}: the exchange's stream ended ({Reason}); orders are polled until it is back",
                accountId,
                e.Message
            );
        }
    }
}
