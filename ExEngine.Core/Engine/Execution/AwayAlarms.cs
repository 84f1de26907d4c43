using System.Collections.Concurrent;
using System.Globalization;
using ExEngine.Core.Alarms;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Orders;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Engine.Execution;

/// <summary>
/// An exchange that gives an account with positions or open orders no answer for <see cref="ExecutionOptions.AlarmAfter"/> is an alarm,
/// until it answers: nothing can be sold there meanwhile.
/// </summary>
internal sealed class AwayAlarms(
    ExchangeReach reach,
    AccountLeases leases,
    AlarmBook alarms,
    ChangeFeed feed,
    TimeProvider time,
    IOptions<ExecutionOptions> options
)
{
    // By account, whether its alarm is on; a process does not know what the one before it left behind, and looks once.
    private readonly ConcurrentDictionary<Guid, bool> _isOn = new();

    /// <returns>UTC of the next look.</returns>
    public async Task<DateTime> LookAsync(AccountSession session, AccountState state, CancellationToken cancellationToken)
    {
        if (session.Account.Mode != AccountMode.Live)
        {
            return DateTime.MaxValue;
        }

        var since = reach.AwaySince(session.Id);
        var due = since + options.Value.AlarmAfter ?? DateTime.MaxValue;
        var isAtStake = state.Orders.Count > 0 || state.Positions.Any(p => p.Quantity > 0);
        var isAway = due <= time.GetUtcNow().UtcDateTime && isAtStake;
        var next = isAway ? DateTime.MaxValue : due;
        if (_isOn.TryGetValue(session.Id, out var isOn) && isOn == isAway)
        {
            return next;
        }

        await using var write = await leases.BeginAsync(session.Claim, cancellationToken);
        var changed = isAway
            ? await alarms.RaiseAsync(write.Db, AlarmOf(session, since!.Value), cancellationToken)
            : await alarms.EndAsync(write.Db, session.UserId, AlarmKind.ExchangeAway, session.Id.ToString(), cancellationToken);
        await write.CommitAsync(cancellationToken);
        _isOn[session.Id] = isAway;
        if (changed)
        {
            feed.Publish(AlarmBook.Changed(session.UserId, session.Id));
        }

        return next;
    }

    private static Alarm AlarmOf(AccountSession session, DateTime since) =>
        new()
        {
            UserId = session.UserId,
            Kind = AlarmKind.ExchangeAway,
            Subject = session.Id.ToString(),
            AccountId = session.Id,
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"{session.Account.Exchange} gives {session.Account.Name} no answer since {since:HH:mm:ss} UTC. Stops that rest there hold; nothing else can be sold until it answers. It is asked again and again."
            ),
        };
}
