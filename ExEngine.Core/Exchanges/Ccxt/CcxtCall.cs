using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>Asks the gateway about one exchange and turns every ending into an <see cref="ExchangeResult{T}"/>.</summary>
public sealed class CcxtCall(GatewayClient gateway, ExchangeCooldown silence)
{
    /// <param name="read">May throw <see cref="FormatException"/> for an answer that cannot be read.</param>
    /// <param name="writes">The request changes something, so that an ending without an answer is unknown.</param>
    internal async Task<ExchangeResult<T>> AskAsync<T>(
        string route,
        CcxtQuestion question,
        bool writes,
        Func<CcxtReply, T> read,
        CancellationToken cancellationToken
    )
    {
        if (silence.Left(question.Exchange) is { } left)
        {
            return Result<T>(
                question.Exchange,
                new("silence", "The exchange asked for silence.", Local: true, RetryAfter: (long)left.TotalMilliseconds)
            );
        }

        try
        {
            var answer = await gateway.AskAsync(route, question, cancellationToken);
            if (answer.Fault is { } fault)
            {
                silence.Note(question.Exchange, fault);
                return Result<T>(question.Exchange, fault);
            }

            return ExchangeResult.Done(read(answer));
        }
        catch (GatewayException e)
        {
            return Result<T>(question.Exchange, new(e.Code, e.Message, Local: e.NothingSent, Sent: writes && !e.NothingSent));
        }
        catch (Exception e) when (e is FormatException or ArithmeticException or ArgumentException)
        {
            return Result<T>(question.Exchange, new("unreadable", $"The exchange's answer cannot be read: {e.Message}", Sent: writes));
        }
    }

    /// <summary>Symbols whose orders changed, as they are streamed; ends with the stream, or at once where there is none.</summary>
    internal async IAsyncEnumerable<string> ChangesAsync(CcxtQuestion account, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in gateway.LinesAsync("/changes", account, cancellationToken))
        {
            if (SymbolOf(line) is { } symbol)
            {
                yield return symbol;
            }
        }
    }

    private static string? SymbolOf(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, CcxtJson.Default.CcxtChange)?.Symbol;
        }
        catch (JsonException)
        {
            // The gateway ended in the middle of a line.
            return null;
        }
    }

    private static ExchangeResult<T> Result<T>(string exchange, CcxtFault fault)
    {
        var (outcome, stated) = CcxtErrors.Classify(exchange, fault);
        return outcome switch
        {
            ExchangeOutcome.Refused => ExchangeResult.Refused<T>(stated),
            ExchangeOutcome.NotExecuted => ExchangeResult.NotExecuted<T>(stated),
            _ => ExchangeResult.Unknown<T>(stated),
        };
    }
}
