namespace ExEngine.Core.Engine;

/// <summary>Keeps what protects a position.</summary>
internal sealed class ProtectionKeeper
{
    public Task<DateTime> KeepAsync(OwnedAccount owned, AccountView view, OrderTraffic traffic, Action wake, CancellationToken cancellationToken) =>
        Task.FromResult(DateTime.MaxValue);
}
