using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Engine.Planning;

/// <summary>
/// Plans the signals that are due, in the order in which they were received: one whose symbol has an order that is not settled
/// waits, and those behind it on that symbol with it; other symbols go on. What cannot be planned in time expires.
/// </summary>
internal sealed class DueSignalPlanner(
    PlanExecutor plans,
    SignalCompletion ending,
    TimeProvider time,
    IOptions<ExecutionOptions> options,
    ILogger<DueSignalPlanner> logger
)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <returns>UTC at which a waiting signal is to be looked at again.</returns>
    public async Task<DateTime> PlanAsync(
        AccountSession session,
        AccountState state,
        InFlightRequests inFlight,
        CancellationToken cancellationToken
    )
    {
        if (state.Signals.Count == 0)
        {
            return DateTime.MaxValue;
        }

        var busy = state.Orders.Where(o => o.Status.IsUnsettled()).Select(o => o.Symbol).ToHashSet(StringComparer.Ordinal);
        var isWaiting = false;
        foreach (var (signal, webhook) in state.Signals)
        {
            var target = Target(signal, webhook);
            if (time.GetUtcNow().UtcDateTime > target.ExpiresAt)
            {
                await plans.EndAsync(session, target, Late(signal), cancellationToken);
                continue;
            }

            isWaiting |=
                busy.Contains(target.Symbol)
                || !inFlight.MaySend(target.Symbol)
                || !await TryAsync(session, state, target, inFlight, cancellationToken);
            busy.Add(target.Symbol);
        }

        return isWaiting ? time.GetUtcNow().UtcDateTime + Again : DateTime.MaxValue;
    }

    // One signal's trouble is not the others'.
    private async Task<bool> TryAsync(
        AccountSession session,
        AccountState state,
        SignalSubject target,
        InFlightRequests inFlight,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await plans.GoAsync(session, state, target, inFlight, cancellationToken);
        }
        catch (ArithmeticException e)
        {
            logger.LogCritical(e, "Signal {Signal} could not be planned", target.OriginId);
            await plans.EndAsync(
                session,
                target,
                new PlanEnd(OrderCodes.PlanFailed, "Its numbers are too large to plan with; nothing was sent. Send smaller ones."),
                cancellationToken
            );
            return true;
        }
    }

    private static PlanEnd Late(Signal signal) =>
        new(
            PlanExecutor.Expired,
            $"It could not be traded in time after {signal.ReceivedAt:HH:mm:ss} UTC, and is not traded late. Send it again if it still holds."
        );

    private SignalSubject Target(Signal signal, Webhook? webhook)
    {
        var draft = SignalDetailJson.Read(signal.Detail).Draft!;
        return new SignalSubject(ending)
        {
            Origin = OrderOrigin.Signal,
            OriginId = signal.Id,
            WebhookId = signal.WebhookId,
            Owner = PositionOwner.Webhook(webhook?.TradesWithId ?? signal.WebhookId),
            Symbol = signal.Symbol ?? draft.Symbol ?? "",
            Draft = draft,
            Rounding = webhook?.Rounding ?? Rounding.Reject,
            ExpiresAt = signal.DueAt!.Value + options.Value.TimeToLive,
            HasOrders = signal.Status != SignalStatus.Accepted,
        };
    }
}
