using System.Xml.Linq;
using ExEngine.Core.Hosting;
using ExEngine.Core.Redis;
using Microsoft.AspNetCore.DataProtection.Repositories;
using StackExchange.Redis;

namespace ExEngine.Core.Data;

/// <summary>The key ring as a Redis list. Losing it loses every stored secret, so Redis must write an append-only file.</summary>
internal sealed class RedisKeyRing(RedisLink redis) : IXmlRepository
{
    private const string List = "exengine:key-ring";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public IReadOnlyCollection<XElement> GetAllElements() => [.. Ask(r => r.ListRangeAsync(List)).Select(value => XElement.Parse(value!))];

    public void StoreElement(XElement element, string friendlyName) =>
        Ask(r => PushOnceAsync(r, element.ToString(SaveOptions.DisableFormatting)));

    /// <exception cref="StartRefusedException">Redis does not answer, or would forget the keys when it restarts.</exception>
    public static async Task RequirePersistenceAsync(RedisLink redis, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (
            !await redis.WaitUntilConnectedAsync(patience, cancellationToken)
            || await redis.AskAsync(r => r.ExecuteAsync("INFO", "persistence"), Timeout, cancellationToken) is not { Answered: true } info
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

    // A push whose answer was lost is asked again.
    private static async Task<long> PushOnceAsync(IDatabase database, RedisValue key)
    {
        var kept = await database.ListRangeAsync(List);
        return kept.Contains(key) ? kept.Length : await database.ListRightPushAsync(List, key);
    }

    private T Ask<T>(Func<IDatabase, Task<T>> question)
    {
        var answer = redis.AskAsync(question, Timeout).AsTask().GetAwaiter().GetResult();
        return answer.Answered ? answer.Value : throw new IOException("The key ring is in Redis, and Redis does not answer.");
    }
}
