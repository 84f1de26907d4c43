using ExEngine.Core.Data;
using ExEngine.Core.Events;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Alarms;

/// <summary>
/// Where alarms are read and acknowledged, for pages and REST alike. Every method takes the user whose rows it may touch.
/// </summary>
public sealed class AlarmService(IDbContextFactory<AppDb> databases, ChangeFeed feed, TimeProvider time)
{
    /// <param name="open">Only those that last (true) or are over (false); null for both.</param>
    /// <param name="before">Only alarms older than this id.</param>
    /// <returns>Newest first.</returns>
    public async Task<IReadOnlyList<Alarm>> ListAsync(Guid userId, bool? open, Guid? before, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var alarms = db.Alarms.AsNoTracking().Where(a => a.UserId == userId);
        alarms = open switch
        {
            true => alarms.Where(a => a.EndedAt == null),
            false => alarms.Where(a => a.EndedAt != null),
            null => alarms,
        };
        if (before is { } id)
        {
            alarms = alarms.Where(a => a.Id.CompareTo(id) < 0);
        }

        return await alarms.OrderByDescending(a => a.Id).Take(take).ToListAsync(cancellationToken);
    }

    /// <summary>Somebody has seen it. It lasts as long as its trouble does; a change that was refused is over with that.</summary>
    /// <returns>Null when there is none of that id, or it is another user's.</returns>
    public async Task<Alarm?> AcknowledgeAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var mine = db.Alarms.Where(a => a.Id == id && a.UserId == userId);
        var now = time.GetUtcNow().UtcDateTime;
        await mine.Where(a => a.AcknowledgedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.AcknowledgedAt, now), cancellationToken);
        await mine.Where(a => a.Kind == AlarmKind.ChangeNotPlaced && a.EndedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.EndedAt, now), cancellationToken);
        if (await mine.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } alarm)
        {
            return null;
        }

        feed.Publish(AlarmBook.Changed(userId, alarm.AccountId ?? Guid.Empty));
        return alarm;
    }
}
