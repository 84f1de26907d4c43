using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Engine.Leases;

/// <summary>Renews a lease beside the steps of its account: one that waits for the exchange must not cost the lease.</summary>
internal sealed class LeaseRenewal(AccountLeases leases, AccountClaim claim, TimeSpan lease, TimeProvider time, ILogger logger)
{
    /// <summary>At a third of the lease, until it is cancelled or the lease is another's.</summary>
    /// <param name="lost">Called once when it is.</param>
    public async Task KeepAsync(Action lost, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(lease / 3, time, cancellationToken);
                await TryRenewAsync(cancellationToken);
            }
        }
        catch (LeaseLostException)
        {
            lost();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task TryRenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            await leases.RenewAsync(claim, cancellationToken);
        }
        catch (Exception e) when (e is not LeaseLostException && !cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning("Account {Account}: the lease could not be renewed ({Reason}); trying again", claim.AccountId, e.Message);
        }
    }
}
