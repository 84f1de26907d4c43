using ExEngine.Core.Engine.Planning;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Engine;

/// <summary>What is to be done for an account, as the database has it: read anew at every step.</summary>
/// <param name="Orders">Every order that is not settled, oldest first.</param>
/// <param name="Signals">Signals whose time has come, in the order in which they were received.</param>
/// <param name="Positions">Positions that hold something, or wait for the engine.</param>
/// <param name="NextSignalAt">UTC of the next delayed signal.</param>
internal sealed record AccountState(
    IReadOnlyList<Order> Orders,
    IReadOnlyList<WaitingSignal> Signals,
    IReadOnlyList<Position> Positions,
    DateTime? NextSignalAt
)
{
    /// <summary>
    /// Symbols and owners of whom an exit has freed coins, or its order is under way: noted while planning, so that protection leaves
    /// them alone. An exit that waits for anything else leaves them under their stop.
    /// </summary>
    public HashSet<(string Symbol, Guid OwnerId)> Exiting { get; } = [];

    public bool IsIdle =>
        Orders.Count == 0
        && Signals.Count == 0
        && NextSignalAt is null
        && Positions.All(p => p.Protection is null && p.CloseRequestId is null);
}
