using ExEngine.Core.Data;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Tests.Webhooks.Signals;

/// <summary>Makes signals for one webhook of its own.</summary>
internal sealed class Writes(SequentialIds ids)
{
    /// <summary>Whole microseconds: PostgreSQL keeps no more.</summary>
    public static readonly DateTime Received = new(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);

    public Guid UserId { get; } = ids.Next();
    public Guid WebhookId { get; } = ids.Next();

    /// <param name="claims">False for a refused signal.</param>
    /// <param name="expires">True for the key of a body.</param>
    /// <param name="deadline">Timestamp of the clock; never, when left out.</param>
    public SignalWrite New(
        string key,
        bool claims = true,
        bool expires = false,
        DateTime? received = null,
        long deadline = long.MaxValue,
        Action<Signal>? change = null
    )
    {
        var row = new Signal
        {
            Id = ids.Next(),
            UserId = UserId,
            WebhookId = WebhookId,
            AccountId = UserId,
            ReceivedAt = received ?? Received,
            Status = claims ? SignalStatus.Accepted : SignalStatus.Refused,
            Preset = "native",
            Symbol = "BTC/USDT",
            Action = "buy",
            Size = "0.001 BTC",
            Code = claims ? null : "payload_invalid",
            Payload = "{}",
            Detail = "{}",
            SourceIp = "127.0.0.1",
            RequestId = "0HN:1",
        };
        change?.Invoke(row);
        return new SignalWrite(row, key, claims, expires, deadline);
    }
}
