using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Exchanges;

/// <summary>
/// Calls an exchange for somebody: whatever it does is an <see cref="ExchangeResult{T}"/>, and what did not succeed is in the log.
/// </summary>
public sealed class ExchangeCalls(TimeProvider time, ILogger<ExchangeCalls> logger)
{
    /// <param name="subject">An order's client id, or a symbol.</param>
    public async Task<ExchangeResult<T>> CallAsync<T>(Func<Task<ExchangeResult<T>>> call, string subject, string what)
    {
        var began = time.GetTimestamp();
        try
        {
            var answer = await call();
            if (!answer.IsDone)
            {
                logger.LogWarning(
                    "{Subject}: {What} ended {Outcome}, {Code}: {Reason}",
                    subject,
                    what,
                    answer.Outcome,
                    answer.Fault.Code,
                    answer.Fault.Message
                );
            }

            return answer;
        }
        catch (Exception e)
        {
            // An implementation does not throw; should one do so, nothing is known of what it sent.
            logger.LogError(e, "{Subject}: {What} failed after {Elapsed} ms", subject, what, time.GetElapsedTime(began).TotalMilliseconds);
            return ExchangeResult.Unknown<T>(
                new ExchangeFault(FaultKind.Ambiguous, FaultCodes.Failed, "The call failed inside the engine.")
            );
        }
    }
}
