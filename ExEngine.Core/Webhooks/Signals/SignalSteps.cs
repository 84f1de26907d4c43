using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Queries;

namespace ExEngine.Core.Webhooks.Signals;

/// <summary>Goes on with a signal's timeline after its commit: what its orders did, to the fill.</summary>
internal static class SignalSteps
{
    /// <param name="moves">Oldest first.</param>
    public static IEnumerable<SignalStep> Of(IReadOnlyList<OrderTransitionRow> moves)
    {
        var several = moves.Select(m => m.OrderId).Distinct().Count() > 1;
        return moves.Select(m => new SignalStep(several ? $"{m.Leg} {Word(m.To)}" : Word(m.To), m.At));
    }

    private static string Word(OrderStatus to) =>
        to switch
        {
            OrderStatus.Submitting => "sent",
            OrderStatus.Denied => "not sent",
            OrderStatus.NeedsOperator => "needs operator",
            OrderStatus.PartiallyFilled => "part filled",
            OrderStatus.CancelPending => "cancel asked",
            OrderStatus.NotPlaced => "not placed",
            _ => to.ToString().ToLowerInvariant(),
        };
}
