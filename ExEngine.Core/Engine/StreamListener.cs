using ExEngine.Core.Exchanges;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Engine;

/// <summary>
/// Listens to the exchange's own stream of an account's orders, where it has one: each line is a hint to look now. The stream ends
/// and is opened again; nothing rests on it, because orders are polled in any case.
/// </summary>
/// <param name="hear">Told the symbol of each change.</param>
internal sealed class StreamListener(Func<IExchange> exchange, Action<string> hear, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(30);

    /// <summary>Returns when it is cancelled.</summary>
    public async Task ListenAsync(Guid accountId, CancellationToken cancellationToken)
    {
        try
        {
            var pause = ShortestPause;
            while (true)
            {
                var began = time.GetTimestamp();
                await HearAsync(accountId, cancellationToken);
                pause = time.GetElapsedTime(began) > MaxPause ? ShortestPause : pause;
                await Task.Delay(pause, time, cancellationToken);
                pause = pause * 2 < MaxPause ? pause * 2 : MaxPause;
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
