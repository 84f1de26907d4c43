using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ExEngine.Core.Data;

/// <summary>
/// Makes UUID version 7 identifiers (RFC 9562, section 5.7) that never run backwards within this process, so that
/// "newest first" is an index scan over the primary key and a page cursor is just the last id.
/// The 12 bits of <c>rand_a</c> count within one millisecond; when they run out, the next millisecond is borrowed.
/// Thread-safe.
/// </summary>
public sealed class SequentialIds(TimeProvider time)
{
    private const int CounterBits = 12;

    /// <summary>Ids say roughly when, so a range of time is a range of ids; clocks of instances may differ by this much.</summary>
    public static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private long _last;

    public Guid Next()
    {
        long millisecondsAndCount;
        lock (_lock)
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds() << CounterBits;
            _last = millisecondsAndCount = Math.Max(_last + 1, now);
        }

        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[8..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (millisecondsAndCount >> CounterBits) << 16);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | (millisecondsAndCount & 0xFFF)));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>
    /// No id made at or after this UTC instant is smaller: turns a range of time into a range of ids. Instants before 1970, which no id can
    /// say, count as its beginning.
    /// </summary>
    /// <param name="slack">Added to the instant, as far as time goes: minus <see cref="ClockSlack"/> for a lower end, plus it for an upper
    /// one.</param>
    public static Guid LowestAt(DateTime instant, TimeSpan slack = default)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        var ticks = Math.Clamp(instant.Ticks + slack.Ticks, DateTime.UnixEpoch.Ticks, DateTime.MaxValue.Ticks);
        var milliseconds = (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        BinaryPrimitives.WriteInt64BigEndian(bytes, milliseconds << 16);
        return new Guid(bytes, bigEndian: true);
    }
}
