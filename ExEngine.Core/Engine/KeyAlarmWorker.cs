using System.Threading.Channels;
using ExEngine.Core.Alarms;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Engine;

/// <summary>
/// A key that the exchange refuses, or that may do too much, is an alarm of its account until the exchange takes it again: looked at
/// whenever an account changed, which a check of its key does.
/// </summary>
internal sealed class KeyAlarmWorker(IDbContextFactory<AppDb> databases, AlarmBook alarms, ChangeFeed feed, ILogger<KeyAlarmWorker> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var changes = Channel.CreateBounded<ChangeEvent>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest });
        void Hear(ChangeEvent e)
        {
            if (e.Kind == ChangeKind.ExchangeAccount)
            {
                changes.Writer.TryWrite(e);
            }
        }

        feed.Heard += Hear;
        try
        {
            await foreach (var change in changes.Reader.ReadAllAsync(stoppingToken))
            {
                await TryFollowAsync(change.Id, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
        finally
        {
            feed.Heard -= Hear;
        }
    }

    private async Task TryFollowAsync(Guid accountId, CancellationToken cancellationToken)
    {
        try
        {
            await FollowAsync(accountId, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next check of the key comes here again.
            logger.LogWarning("Account {Account}: whether its key is refused could not be noted ({Reason})", accountId, e.Message);
        }
    }

    internal async Task FollowAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.ExchangeAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == accountId, cancellationToken) is not { } account)
        {
            return;
        }

        var isRefused = account is { Mode: AccountMode.Live, DeletedAt: null, KeyState: KeyState.Rejected or KeyState.TooPowerful };
        var subject = account.Id.ToString();
        var changed = isRefused
            ? await alarms.RaiseAsync(
                db,
                new Alarm
                {
                    UserId = account.UserId,
                    Kind = AlarmKind.KeyRefused,
                    Subject = subject,
                    AccountId = account.Id,
                    Message =
                        $"{account.Name} cannot trade: {account.KeyMessage} Enter a key that works; until then nothing is sent for it.",
                },
                cancellationToken
            )
            : await alarms.EndAsync(db, account.UserId, AlarmKind.KeyRefused, subject, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (changed)
        {
            feed.Publish(AlarmBook.Changed(account.UserId, account.Id));
        }
    }
}
