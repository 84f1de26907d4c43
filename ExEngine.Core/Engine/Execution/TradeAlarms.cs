using System.Collections.Concurrent;
using System.Globalization;
using ExEngine.Core.Alarms;
using ExEngine.Core.Data;
using ExEngine.Core.Orders;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Engine.Execution;

/// <summary>
/// The exchange says that an order has executed, and does not list its trades: after <see cref="ExecutionOptions.AlarmAfter"/> that is something to know of, because the
/// position is measured by them. Protection goes by what was executed meanwhile.
/// </summary>
internal sealed class TradeAlarms(AlarmBook alarms, TimeProvider time, IOptions<ExecutionOptions> options)
{
    // Since when an order's trades are missing, as far as it was seen here: after a restart the minute begins anew.
    private readonly ConcurrentDictionary<Guid, DateTime> _since = [];

    /// <summary>In the transaction that wrote what was heard of the order.</summary>
    /// <param name="before">In base: what was executed and not told when the report came.</param>
    /// <returns>True when an alarm begins or ends.</returns>
    public async Task<bool> NoteAsync(AppDb db, Order order, decimal before, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (order.Uncounted() == 0)
        {
            _since.TryRemove(order.Id, out _);
            return before > 0
                && now - order.CreatedAt >= options.Value.AlarmAfter
                && await alarms.EndAsync(db, order.UserId, AlarmKind.BooksDiffer, order.Id.ToString(), cancellationToken);
        }

        if (now - _since.GetOrAdd(order.Id, order.FinishedAt ?? now) < options.Value.AlarmAfter)
        {
            return false;
        }

        return await alarms.RaiseAsync(
            db,
            new Alarm
            {
                UserId = order.UserId,
                Kind = AlarmKind.BooksDiffer,
                Subject = order.Id.ToString(),
                AccountId = order.AccountId,
                Symbol = order.Symbol,
                OrderId = order.Id,
                Message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"The exchange executed {order.FilledQuantity} of an order in {order.Symbol} and lists trades for {order.BookedQuantity} only. The position is corrected when it tells the rest; it is asked again and again."
                ),
            },
            cancellationToken
        );
    }
}
