using System.Collections.Concurrent;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Events;
using ExEngine.Core.Hosting;
using ExEngine.Core.Orders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Engine;

/// <summary>
/// Finds accounts that have work and no lease holder, takes their leases and runs a loop for each. Events make it look at once;
/// losing every event costs one poll. Stopping gives the accounts back, so that another instance goes on at once.
/// </summary>
internal sealed class AccountWorker(
    AccountLeases leases,
    AccountReader reader,
    IServiceProvider services,
    ChangeFeed feed,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    IOptions<ExecutionOptions> options,
    ILogger<AccountWorker> logger
) : BackgroundService
{
    private readonly ConcurrentDictionary<Guid, (AccountLoop Loop, Task Running)> _running = new();
    private readonly WakeSignal _wake = new(time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        try
        {
            await lifetime.WaitForStartAsync(stoppingToken);
            await leases.ForgetFormerProcessAsync(stoppingToken);
            feed.Heard += Hear;
            while (true)
            {
                await LookAsync(stoppingToken);
                await _wake.WaitAsync(options.Value.Poll, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping, or a start that was refused.
        }
        finally
        {
            feed.Heard -= Hear;
            await Task.WhenAll(_running.Values.Select(r => r.Running));
        }
    }

    private void Hear(ChangeEvent e)
    {
        if (
            e.Kind
            is not (
                ChangeKind.Signal
                or ChangeKind.Order
                or ChangeKind.Position
                or ChangeKind.Bot
                or ChangeKind.Risk
                or ChangeKind.ExchangeAccount
            )
        )
        {
            return;
        }

        var about = e.Kind == ChangeKind.ExchangeAccount ? e.Id : e.AccountId;
        var isKnown = false;
        foreach (var (id, (loop, _)) in _running)
        {
            if (loop.UserId == e.UserId && (about == Guid.Empty || about == id))
            {
                isKnown = true;
                loop.Wake(e);
            }
        }

        // An account's first alert, and its first bot, find nobody.
        if (!isKnown && e is { Kind: ChangeKind.Signal or ChangeKind.Bot, IsNotice: false })
        {
            _wake.Set();
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var id in await reader.WithoutLeaseAsync(stoppingToken))
            {
                if (!_running.ContainsKey(id) && await leases.TakeAsync(id, stoppingToken) is { } claim)
                {
                    Failpoint.Reach("claim.afterCommit");
                    await StartAsync(claim, stoppingToken);
                }
            }
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogWarning("The accounts with work could not be read from the database; trying again in a moment: {Reason}", e.Message);
        }
    }

    private async Task StartAsync(AccountClaim claim, CancellationToken stoppingToken)
    {
        if (await reader.AccountAsync(claim.AccountId, stoppingToken) is not { } account)
        {
            return;
        }

        var loop = ActivatorUtilities.CreateInstance<AccountLoop>(services, claim, account);
        _running[account.Id] = (loop, RunAsync(loop, claim, stoppingToken));
    }

    private async Task RunAsync(AccountLoop loop, AccountClaim claim, CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await loop.RunAsync(stoppingToken);
            await leases.GiveBackAsync(claim, CancellationToken.None);
        }
        catch (LeaseLostException)
        {
            logger.LogWarning("Account {Account} was taken over by another instance", claim.AccountId);
        }
        catch (Exception e)
        {
            logger.LogError(e, "The lease of account {Account} was not given back; it runs out by itself", claim.AccountId);
        }
        finally
        {
            loop.Dispose();
            _running.TryRemove(claim.AccountId, out _);
            _wake.Set();
        }
    }
}
