using System.Collections.Concurrent;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Preferences;

/// <summary>
/// Reads and writes preferences. What was read is kept for a moment, so that a page and its circuit read it once. Thread-safe.
/// </summary>
public sealed class PreferenceBook
{
    /// <summary>A hint that something changed may be lost, so nothing that was read counts longer.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(15);
    private const int MaxKept = 10_000;

    private readonly ConcurrentDictionary<Guid, Kept> _kept = new();
    private readonly IDbContextFactory<AppDb> _databases;
    private readonly ChangeFeed _feed;
    private readonly TimeProvider _time;

    public PreferenceBook(IDbContextFactory<AppDb> databases, ChangeFeed feed, TimeProvider time)
    {
        (_databases, _feed, _time) = (databases, feed, time);
        feed.Heard += e =>
        {
            if (e.Kind == ChangeKind.Preferences)
            {
                _kept.TryRemove(e.UserId, out _);
            }
        };
    }

    /// <summary>The user's preferences, or those of who has none. Answers at once while they were read a moment ago.</summary>
    public ValueTask<UserPreferences> FindAsync(Guid userId, CancellationToken cancellationToken) =>
        Fresh(userId) is { } known ? ValueTask.FromResult(known) : new(ReadAsync(userId, cancellationToken));

    /// <summary>The same on a connection that the caller has already, and may hold a transaction on.</summary>
    public ValueTask<UserPreferences> FindAsync(AppDb db, Guid userId, CancellationToken cancellationToken) =>
        Fresh(userId) is { } known ? ValueTask.FromResult(known) : new(ReadAsync(db, userId, cancellationToken));

    /// <summary>Validate them first.</summary>
    public async Task SaveAsync(UserPreferences preferences, CancellationToken cancellationToken)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var zone = preferences.TimeZone is { } name ? TimeZones.Find(name)?.Id : null;
        var row = preferences with { TimeZone = zone };
        if (!await UpdateAsync(db, row, cancellationToken))
        {
            db.Preferences.Add(row);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException)
            {
                // Another page made the first row meanwhile; else the user is gone, or the database does not answer.
                db.ChangeTracker.Clear();
                if (!await UpdateAsync(db, row, cancellationToken))
                {
                    throw;
                }
            }
        }

        _feed.Publish(new ChangeEvent(row.UserId, ChangeKind.Preferences, row.UserId, IsNotice: true));
    }

    private static async Task<bool> UpdateAsync(AppDb db, UserPreferences row, CancellationToken cancellationToken) =>
        await db
            .Preferences.Where(p => p.UserId == row.UserId)
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(p => p.TimeZone, row.TimeZone)
                        .SetProperty(p => p.Numbers, row.Numbers)
                        .SetProperty(p => p.Colours, row.Colours)
                        .SetProperty(p => p.ConfirmPaperOrders, row.ConfirmPaperOrders)
                        .SetProperty(p => p.ConfirmPaperCloses, row.ConfirmPaperCloses)
                        .SetProperty(p => p.ConfirmPaperCancels, row.ConfirmPaperCancels),
                cancellationToken
            ) > 0;

    private UserPreferences? Fresh(Guid userId) =>
        _kept.TryGetValue(userId, out var kept) && _time.GetElapsedTime(kept.At) < MaxAge ? kept.Preferences : null;

    private async Task<UserPreferences> ReadAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(db, userId, cancellationToken);
    }

    private async Task<UserPreferences> ReadAsync(AppDb db, Guid userId, CancellationToken cancellationToken)
    {
        // Stamped before it is read: what changes meanwhile is read again, at the latest when this is too old.
        var at = _time.GetTimestamp();
        var found =
            await db.Preferences.AsNoTracking().FirstOrDefaultAsync(p => p.UserId == userId, cancellationToken)
            ?? UserPreferences.Default with
            {
                UserId = userId,
            };
        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        _kept[userId] = new(found, at);
        return found;
    }

    private sealed record Kept(UserPreferences Preferences, long At);
}
