using System.Globalization;
using ExEngine.Core.Alarms;
using ExEngine.Core.Data;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Events;
using ExEngine.Core.Orders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Engine.Planning;

/// <summary>
/// An exit that is not done after <see cref="ExecutionOptions.AlarmAfter"/> is something to know of, until it is done or over.
/// </summary>
internal sealed class ExitAlarms(
    IDbContextFactory<AppDb> databases,
    AccountLeases leases,
    AlarmBook alarms,
    ChangeFeed feed,
    TimeProvider time,
    IOptions<ExecutionOptions> options
)
{
    /// <summary>It waits still: raised when it has waited for long.</summary>
    public async Task WaitsAsync(AccountSession session, PlanSubject target, PlanProgress progress, CancellationToken cancellationToken)
    {
        if (!target.IsExit || !IsLate(target))
        {
            return;
        }

        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            if (await AlarmBook.IsOnAsync(db, session.UserId, AlarmKind.ExitNotDone, Subject(target), cancellationToken))
            {
                return;
            }
        }

        await using var write = await leases.BeginAsync(session.Claim, cancellationToken);
        var alarm = new Alarm
        {
            UserId = session.UserId,
            Kind = AlarmKind.ExitNotDone,
            Subject = Subject(target),
            AccountId = session.Id,
            Symbol = target.Symbol,
            PositionId = target is CloseSubject ? target.RowId : null,
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"{target.Symbol} is to be sold since {target.WantedSince:HH:mm:ss} UTC, and that is not done. {progress.Waits} It is tried until {target.ExpiresAt:yyyy-MM-dd HH:mm} UTC."
            ),
        };
        if (await alarms.RaiseAsync(write.Db, alarm, cancellationToken))
        {
            await write.CommitAsync(cancellationToken);
            feed.Publish(AlarmBook.Changed(session.UserId, session.Id));
        }
    }

    /// <summary>It is done, or over. In the transaction that says so; one that was quick had no alarm.</summary>
    /// <returns>True when an alarm has ended.</returns>
    public async Task<bool> EndAsync(AppDb db, Guid userId, PlanSubject target, CancellationToken cancellationToken) =>
        target.IsExit && IsLate(target) && await alarms.EndAsync(db, userId, AlarmKind.ExitNotDone, Subject(target), cancellationToken);

    private bool IsLate(PlanSubject target) => time.GetUtcNow().UtcDateTime - target.WantedSince >= options.Value.AlarmAfter;

    private static string Subject(PlanSubject target) => target.RowId.ToString();
}
