using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Planning;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Engine.Planning;

/// <summary>Closes positions, or shares of them, that somebody asked to close: the same plan as a signal that says exit.</summary>
internal sealed class PositionClosing(PlanExecutor plans, TimeProvider time)
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
            var target = new CloseSubject(position.Id)
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
                ExpiresAt = DateTime.MaxValue,
                HasOrders = true,
            };
            isWaiting |= !inFlight.MaySend(position.Symbol) || !await plans.GoAsync(session, state, target, inFlight, cancellationToken);
        }

        return isWaiting ? time.GetUtcNow().UtcDateTime + Again : DateTime.MaxValue;
    }
}
