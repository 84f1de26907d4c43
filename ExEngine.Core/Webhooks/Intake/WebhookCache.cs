using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Webhooks.Intake;

/// <summary>
/// Finds the webhook of a URL token without a query per request. An entry lives for <c>Webhooks:CacheSeconds</c>; a change
/// that the feed announces drops it at once. Callers that miss together share one query. Thread-safe.
/// </summary>
public sealed class WebhookCache : IDisposable
{
    private const int MaxEntries = 50_000;
    private const int MaxLoads = 8;

    private readonly ConcurrentDictionary<TokenKey, Entry> _entries = new();

    private readonly Func<AppDb, byte[], DateTime, Task<Found?>> _find = EF.CompileAsyncQuery(
        (AppDb db, byte[] hash, DateTime now) =>
            (
                from webhook in db.Webhooks.AsNoTracking()
                join account in db.ExchangeAccounts on webhook.AccountId equals account.Id
                join owner in db.Users on webhook.UserId equals owner.Id
                where
                    webhook.Enabled
                    && webhook.DeletedAt == null
                    && account.DeletedAt == null
                    && (webhook.TokenHash == hash || (webhook.PreviousTokenHash == hash && webhook.PreviousUntil > now))
                select new Found(webhook, account.Exchange, owner.DisabledAt != null)
            ).FirstOrDefault()
    );

    // Guessed tokens must not take every connection from those who know theirs.
    private readonly SemaphoreSlim _loads = new(MaxLoads);
    private readonly IDbContextFactory<AppDb> _databases;
    private readonly ResolvedWebhookFactory _factory;
    private readonly TimeProvider _time;
    private readonly TimeSpan _life;
    private int _generation;

    public WebhookCache(
        IDbContextFactory<AppDb> databases,
        ResolvedWebhookFactory factory,
        ChangeFeed feed,
        TimeProvider time,
        IOptions<WebhookOptions> options
    )
    {
        (_databases, _factory, _time) = (databases, factory, time);
        _life = TimeSpan.FromSeconds(options.Value.CacheSeconds);
        feed.Heard += e =>
        {
            if (e.Kind is ChangeKind.Webhook or ChangeKind.ExchangeAccount)
            {
                Interlocked.Increment(ref _generation);
            }
        };
    }

    /// <summary>The webhook, or null when no enabled webhook has this token. <c>known</c> says if the answer was in memory.</summary>
    public ValueTask<ResolvedWebhook?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (!WebhookToken.IsWellFormed(token))
        {
            return ValueTask.FromResult<ResolvedWebhook?>(null);
        }

        var hash = WebhookToken.Hash(token);
        var key = MemoryMarshal.Read<TokenKey>(hash);
        if (_entries.TryGetValue(key, out var entry) && IsFresh(entry) && entry.Loading.IsCompletedSuccessfully)
        {
            return ValueTask.FromResult(entry.Loading.Result);
        }

        return new ValueTask<ResolvedWebhook?>(LoadOnceAsync(key, hash, cancellationToken));
    }

    private Task<ResolvedWebhook?> LoadOnceAsync(TokenKey key, byte[] hash, CancellationToken cancellationToken)
    {
        if (_entries.Count > MaxEntries)
        {
            ForgetMisses();
        }

        var entry = _entries.AddOrUpdate(
            key,
            _ => new Entry(_time.GetTimestamp(), _generation, LoadAsync(hash)),
            (_, old) => IsFresh(old) && !old.Loading.IsFaulted ? old : new Entry(_time.GetTimestamp(), _generation, LoadAsync(hash))
        );
        return entry.Loading.WaitAsync(cancellationToken);
    }

    private void ForgetMisses()
    {
        foreach (var (key, entry) in _entries)
        {
            if (entry.Loading.IsCompleted && !(entry.Loading.IsCompletedSuccessfully && entry.Loading.Result is not null))
            {
                _entries.TryRemove(key, out _);
            }
        }
    }

    private bool IsFresh(Entry entry) => entry.Generation == Volatile.Read(ref _generation) && _time.GetElapsedTime(entry.LoadedAt) < _life;

    private async Task<ResolvedWebhook?> LoadAsync(byte[] hash)
    {
        await _loads.WaitAsync();
        try
        {
            return await ReadAsync(hash);
        }
        finally
        {
            _loads.Release();
        }
    }

    private async Task<ResolvedWebhook?> ReadAsync(byte[] hash)
    {
        await using var db = await _databases.CreateDbContextAsync();
        var now = _time.GetUtcNow().UtcDateTime;
        var found = await _find(db, hash, now);
        return found is null ? null : _factory.Create(found.Webhook, found.Exchange) with { OwnerIsDisabled = found.OwnerIsDisabled };
    }

    private sealed record Entry(long LoadedAt, int Generation, Task<ResolvedWebhook?> Loading);

    private sealed record Found(Webhook Webhook, string Exchange, bool OwnerIsDisabled);

    public void Dispose() => _loads.Dispose();

    /// <summary>The 32 bytes of a token's SHA-256 as a dictionary key.</summary>
    private readonly record struct TokenKey(ulong A, ulong B, ulong C, ulong D);
}
