using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Orders;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;

namespace ExEngine.Core.Engine.Planning;

/// <summary>Closes positions, or shares of them, that somebody asked to close: the same plan as a signal that says exit.</summary>
internal sealed class PositionClosing(PlanRun plans, TimeProvider time)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private static readonly SignalRules Rules = new("auto", TimeSpan.MaxValue, Rounding.Round, null, null);

    /// <returns>UTC at which to look again.</returns>
    public async Task<DateTime> CloseAsync(OwnedAccount owned, AccountView view, OrderTraffic traffic, CancellationToken cancellationToken)
    {
        var isWaiting = false;
        foreach (var position in view.Positions.Where(p => p.CloseRequestId is not null))
        {
            var target = new CloseTarget(position.Id)
            {
                Origin = OrderOrigin.Button,
                OriginId = position.CloseRequestId!.Value,
                Symbol = position.Symbol,
                Draft = new SignalDraft
                {
                    Action = SignalAction.Exit,
                    Symbol = position.Symbol,
                    Size = position.CloseShare is { } share and < 100 ? new SignalSize(SizeMode.PercentOfPosition, share) : null,
                },
                Rules = Rules,
                ExpiresAt = DateTime.MaxValue,
                HasOrders = true,
            };
            isWaiting |= !traffic.MaySend(position.Symbol) || !await plans.GoAsync(owned, view, target, traffic, cancellationToken);
        }

        return isWaiting ? time.GetUtcNow().UtcDateTime + Again : DateTime.MaxValue;
    }
}
