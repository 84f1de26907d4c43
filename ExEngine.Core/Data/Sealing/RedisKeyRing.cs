using ExEngine.Core.Hosting;
using ExEngine.Core.Redis;

namespace ExEngine.Core.Data.Sealing;

/// <summary>
/// What must hold before the key ring may be in Redis. Losing it loses every stored secret, so Redis must write an append-only
/// file; Microsoft's store reads and writes it.
/// </summary>
internal static class RedisKeyRing
{
    /// <summary>The Redis list that holds the ring, one XML element an entry.</summary>
    public const string List = "exengine:key-ring";

    /// <exception cref="StartRefusedException">Redis does not answer, or would forget the keys when it restarts.</exception>
    public static async Task RequirePersistenceAsync(RedisLink redis, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (
            await redis.WaitForAnswerAsync(r => r.ExecuteAsync("INFO", "persistence"), timeout, cancellationToken)
            is not { Answered: true } info
        )
        {
            throw new StartRefusedException(
                "DataProtection:KeyRing is Redis, and Redis does not answer. Check ConnectionStrings:Redis, or set DataProtection:KeyRing to Database."
            );
        }

        if (!((string?)info.Value ?? "").Contains("aof_enabled:1", StringComparison.Ordinal))
        {
            throw new StartRefusedException(
                "DataProtection:KeyRing is Redis, and this Redis writes no append-only file: a restart would lose the keys and with them "
                    + "every stored secret. Start Redis with --appendonly yes, or set DataProtection:KeyRing to Database."
            );
        }
    }
}
