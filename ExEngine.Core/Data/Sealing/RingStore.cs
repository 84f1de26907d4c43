using ExEngine.Core.Redis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ExEngine.Core.Data.Sealing;

/// <summary>
/// The ring as it is stored, in the database or in Redis; beside Data Protection's own store, which cannot rewrite a key.
/// </summary>
public sealed class RingStore(IDbContextFactory<AppDb> databases, RedisLink redis, IOptions<KeyRingOptions> options)
{
    private bool IsInRedis => options.Value.KeyRing == KeyRingStore.Redis;

    public async Task<IReadOnlyList<RingKey>> ReadAsync(CancellationToken cancellationToken)
    {
        var stored = IsInRedis ? await RedisAsync() : await DatabaseAsync(cancellationToken);
        return [.. stored.Select(RingKey.Read).OfType<RingKey>()];
    }

    /// <summary>Only when it is still stored as it was read.</summary>
    public async Task<bool> ReplaceAsync(RingKey key, string xml, CancellationToken cancellationToken)
    {
        if (IsInRedis)
        {
            return await ReplaceInRedisAsync(key.Xml, xml);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db
                .DataProtectionKeys.Where(k => k.Xml == key.Xml)
                .ExecuteUpdateAsync(s => s.SetProperty(k => k.Xml, xml), cancellationToken) > 0;
    }

    private async Task<List<string>> DatabaseAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.DataProtectionKeys.OrderBy(k => k.Id).Select(k => k.Xml!).ToListAsync(cancellationToken);
    }

    private async Task<List<string>> RedisAsync()
    {
        var list = await redis.GetDatabase().ListRangeAsync(RedisKeyRing.List);
        return [.. list.Select(v => (string?)v).OfType<string>()];
    }

    private async Task<bool> ReplaceInRedisAsync(string former, string xml)
    {
        var database = redis.GetDatabase();
        var list = await database.ListRangeAsync(RedisKeyRing.List);
        var index = Array.IndexOf(list, (RedisValue)former);
        if (index < 0)
        {
            return false;
        }

        var transaction = database.CreateTransaction();
        transaction.AddCondition(Condition.ListIndexEqual(RedisKeyRing.List, index, former));
        _ = transaction.ListSetByIndexAsync(RedisKeyRing.List, index, xml);
        return await transaction.ExecuteAsync();
    }
}
