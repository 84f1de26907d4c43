using ExEngine.Core.Engine.Bots;
using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Planning;
using ExEngine.Core.Positions;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Engine.Planning;

/// <summary>
/// Plans the signals that are due, in the order in which they were received: one whose symbol has an order that is not settled
/// waits, and those behind it on that symbol with it; other symbols go on. What cannot be planned in time expires; an exit has a day.
/// </summary>
internal sealed class DueSignalPlanner(
    PlanExecutor plans,
    BotSignals bots,
    ExitAlarms exits,
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
        var (isWaiting, held) = (false, new HashSet<Guid>());
        foreach (var (signal, webhook) in state.Signals)
        {
            var draft = SignalDetailJson.Read(signal.Detail).Draft!;
            if (draft.Bot is { } message)
            {
                isWaiting |= !await bots.TellAsync(session, signal, webhook, message, held, cancellationToken);
                continue;
            }

            var target = Target(signal, webhook, draft);
            if (time.GetUtcNow().UtcDateTime > target.ExpiresAt)
            {
                await plans.EndAsync(session, target, Late(signal), cancellationToken);
                continue;
            }

            var progress = await GoAsync(session, state, target, busy, inFlight, cancellationToken);
            if (!progress.IsOver)
            {
                isWaiting = true;
                await exits.WaitsAsync(session, target, progress, cancellationToken);
            }

            if (progress.HoldsCoins)
            {
                state.Exiting.Add((target.Symbol, target.Owner.Id));
            }

            busy.Add(target.Symbol);
        }

        return isWaiting ? time.GetUtcNow().UtcDateTime + Again : DateTime.MaxValue;
    }

    private async Task<PlanProgress> GoAsync(
        AccountSession session,
        AccountState state,
        SignalSubject target,
        HashSet<string> busy,
        InFlightRequests inFlight,
        CancellationToken cancellationToken
    )
    {
        if (!busy.Contains(target.Symbol) && inFlight.MaySend(target.Symbol))
        {
            return await TryAsync(session, state, target, inFlight, cancellationToken);
        }

        // Its own cancels, or its own order, may be what is under way.
        var orders = state.Orders.Where(o => o.Symbol == target.Symbol && o.OwnerId == target.Owner.Id).ToList();
        var holds = target.IsExit && (SignalPlanner.MakesRoom(orders) || orders.Exists(o => o.OriginId == target.OriginId));
        return new PlanProgress(
            false,
            holds,
            orders.Find(o => o.Status.IsUnsettled())?.Reason ?? "Another order of the symbol is under way."
        );
    }

    // One signal's trouble is not the others'.
    private async Task<PlanProgress> TryAsync(
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
            return PlanProgress.Over;
        }
    }

    /// <summary>Why one that nobody traded in time is not traded any more.</summary>
    public static PlanEnd Late(Signal signal) =>
        new(
            PlanExecutor.Expired,
            $"It could not be traded in time after {signal.ReceivedAt:HH:mm:ss} UTC, and is not traded late. Send it again if it still holds."
        );

    private SignalSubject Target(Signal signal, Webhook? webhook, SignalDraft draft)
    {
        var isExit = SignalPlanner.IsExit(draft);
        return new SignalSubject(ending)
        {
            Origin = OrderOrigin.Signal,
            OriginId = signal.Id,
            WebhookId = signal.WebhookId,
            Owner = PositionOwner.Webhook(webhook?.TradesWithId ?? signal.WebhookId),
            Symbol = signal.Symbol ?? draft.Symbol ?? "",
            Draft = draft,
            Rounding = webhook?.Rounding ?? Rounding.Reject,
            MaxSlippage = webhook?.MaxSlippage,
            ExpiresAt = signal.DueAt!.Value + (isExit ? options.Value.ExitTimeToLive : options.Value.TimeToLive),
            WantedSince = signal.DueAt.Value,
            IsExit = isExit,
            HasOrders = signal.Status != SignalStatus.Accepted,
        };
    }
}
