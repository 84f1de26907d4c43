using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Planning;
using ExEngine.Core.Positions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Engine.Planning;

/// <summary>Closes positions, or shares of them, that somebody asked to close: the same plan as a signal that says exit.</summary>
internal sealed class PositionClosing(
    PlanExecutor plans,
    ExitAlarms exits,
    AccountLeases leases,
    TimeProvider time,
    IOptions<ExecutionOptions> options
)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <returns>UTC at which to look again.</returns>
    public async Task<DateTime> CloseAsync(
        AccountSession session,
        AccountState state,
        InFlightRequests inFlight,
        CancellationToken cancellationToken
    )
    {
        var isWaiting = false;
        foreach (var position in state.Positions.Where(p => p.CloseRequestId is not null))
        {
            var target = Target(position);
            if (time.GetUtcNow().UtcDateTime > target.ExpiresAt)
            {
                await plans.EndAsync(session, target, Late(target), cancellationToken);
                continue;
            }

            var progress = inFlight.MaySend(position.Symbol)
                ? await plans.GoAsync(session, state, target, inFlight, cancellationToken)
                : new PlanProgress(false, HoldsCoins: true, "An order of the symbol is being sent.");
            if (progress.HoldsCoins)
            {
                state.Exiting.Add((position.Symbol, position.OwnerId));
            }

            if (!progress.IsOver)
            {
                isWaiting = true;
                await TellAsync(session, position, progress, cancellationToken);
                await exits.WaitsAsync(session, target, progress, cancellationToken);
            }
        }

        return isWaiting ? time.GetUtcNow().UtcDateTime + Again : DateTime.MaxValue;
    }

    private CloseSubject Target(Position position)
    {
        var since = position.CloseRequestedAt ?? position.UpdatedAt;
        return new CloseSubject(position.Id, time)
        {
            Origin = OrderOrigin.Button,
            OriginId = position.CloseRequestId!.Value,
            Owner = PositionOwner.Of(position),
            Symbol = position.Symbol,
            Draft = new SignalDraft
            {
                Action = SignalAction.Exit,
                Symbol = position.Symbol,
                Size = position.CloseShare is { } share and < 100 ? new SignalSize(SizeMode.PercentOfPosition, share) : null,
            },
            Rounding = Rounding.Round,
            ExpiresAt = since + options.Value.ExitTimeToLive,
            WantedSince = since,
            IsExit = true,
            HasOrders = true,
        };
    }

    private static PlanEnd Late(PlanSubject target) =>
        new(
            PlanExecutor.Expired,
            $"It could not be closed in time after {target.WantedSince:yyyy-MM-dd HH:mm} UTC, and is not closed any more. Close it again if that still holds."
        );

    // What the exchange refused is shown where the close was pressed while it is tried again.
    private async Task TellAsync(AccountSession session, Position position, PlanProgress progress, CancellationToken cancellationToken)
    {
        if (progress.Code is not { } code || (position.CloseCode, position.CloseReason) == (code, progress.Waits))
        {
            return;
        }

        var now = time.GetUtcNow().UtcDateTime;
        await using var write = await leases.BeginAsync(session.Claim, cancellationToken);
        await write
            .Db.Positions.Where(p => p.Id == position.Id && p.CloseRequestId == position.CloseRequestId)
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(p => p.CloseCode, code)
                        .SetProperty(p => p.CloseReason, progress.Waits)
                        .SetProperty(p => p.UpdatedAt, now),
                cancellationToken
            );
        await write.CommitAsync(cancellationToken);
    }
}
