using ExEngine.Core.Data;
using ExEngine.Core.Events;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Alarms;

/// <summary>
/// Raises and ends alarms inside a transaction of the caller, who commits it together with what it is about, and publishes what is
/// returned afterwards. The same trouble of the same thing is one row, however often it is raised.
/// </summary>
public sealed class AlarmBook(SequentialIds ids, TimeProvider time)
{
    /// <summary>Raises it, or corrects the words of the one that is on. The caller saves.</summary>
    /// <param name="alarm">Its id and time are given here.</param>
    /// <returns>True when there was none.</returns>
    public async Task<bool> RaiseAsync(AppDb db, Alarm alarm, CancellationToken cancellationToken)
    {
        var on =
            On(db.Alarms.Local, alarm.UserId, alarm.Kind, alarm.Subject).FirstOrDefault()
            ?? await On(db.Alarms, alarm.UserId, alarm.Kind, alarm.Subject).FirstOrDefaultAsync(cancellationToken);
        if (on is not null)
        {
            on.Message = alarm.Message;
            return false;
        }

        (alarm.Id, alarm.Since) = (ids.Next(), time.GetUtcNow().UtcDateTime);
        db.Add(alarm);
        return true;
    }

    /// <summary>The trouble is over. Saves what is pending first, because it may be of this transaction.</summary>
    /// <returns>False when there was no such alarm.</returns>
    public async Task<bool> EndAsync(AppDb db, Guid userId, AlarmKind kind, string subject, CancellationToken cancellationToken)
    {
        if (On(db.Alarms.Local, userId, kind, subject).Any())
        {
            await db.SaveChangesAsync(cancellationToken);
        }

        var now = time.GetUtcNow().UtcDateTime;
        return await On(db.Alarms, userId, kind, subject).ExecuteUpdateAsync(s => s.SetProperty(a => a.EndedAt, now), cancellationToken)
            > 0;
    }

    /// <summary>Without a transaction: whether it is on already, for those who would raise it again and again.</summary>
    public static Task<bool> IsOnAsync(AppDb db, Guid userId, AlarmKind kind, string subject, CancellationToken cancellationToken) =>
        On(db.Alarms, userId, kind, subject).AnyAsync(cancellationToken);

    public static ChangeEvent Changed(Guid userId, Guid accountId) => new(userId, ChangeKind.Alarm, Guid.Empty, accountId, IsNotice: true);

    private static IQueryable<Alarm> On(IQueryable<Alarm> alarms, Guid userId, AlarmKind kind, string subject) =>
        alarms.Where(a => a.UserId == userId && a.Kind == kind && a.Subject == subject && a.EndedAt == null);

    private static IEnumerable<Alarm> On(IEnumerable<Alarm> alarms, Guid userId, AlarmKind kind, string subject) =>
        On(alarms.AsQueryable(), userId, kind, subject);
}
