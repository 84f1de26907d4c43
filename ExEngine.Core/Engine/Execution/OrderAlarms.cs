using ExEngine.Core.Alarms;
using ExEngine.Core.Data;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Engine.Execution;

/// <summary>Keeps the alarm of an order whose fate is in doubt, or that turned up after a person called it never placed.</summary>
internal sealed class OrderAlarms(AlarmBook alarms)
{
    /// <summary>In the transaction that moves the order; costs nothing for one that is not, and was not, in doubt.</summary>
    /// <param name="before">Whether it was an alarm before the move.</param>
    /// <returns>True when an alarm began or ended.</returns>
    public async Task<bool> FollowAsync(AppDb db, Order order, bool before, CancellationToken cancellationToken)
    {
        var subject = order.Id.ToString();
        if (!IsAlarm(order))
        {
            return before && await alarms.EndAsync(db, order.UserId, AlarmKind.OrderUnknown, subject, cancellationToken);
        }

        return !before
            && await alarms.RaiseAsync(
                db,
                new Alarm
                {
                    UserId = order.UserId,
                    Kind = AlarmKind.OrderUnknown,
                    Subject = subject,
                    AccountId = order.AccountId,
                    Symbol = order.Symbol,
                    OrderId = order.Id,
                    Message = Words(order),
                },
                cancellationToken
            );
    }

    public static bool IsAlarm(Order order) => order.Status == OrderStatus.NeedsOperator || order.Code == OrderCodes.PlacedAfterAll;

    private static string Words(Order order) =>
        order.Code == OrderCodes.PlacedAfterAll
            ? $"An order in {order.Symbol} was placed after all, though it was called never placed: what it does counts. Look at it."
            : $"The exchange gives no clear answer about an order in {order.Symbol}: it may be live. Look for its client id {order.ClientId} there, and say if it is not.";
}
