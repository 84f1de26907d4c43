using System.Text;
using ExEngine.Core.Data;
using ExEngine.Core.Webhooks.Intake;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Webhooks.Signals;

/// <summary>Runs a stored payload through today's settings and market rules again. Nothing is stored and nothing is traded.</summary>
public sealed class SignalReplay(IDbContextFactory<AppDb> databases, SignalIntake intake, ResolvedWebhookFactory webhooks)
{
    /// <returns>What would become of it now; null when there is no such signal, or it belongs to someone else.</returns>
    public async Task<DryRun?> DryRunAsync(Guid userId, Guid signalId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var stored = await (
            from s in db.Signals.AsNoTracking()
            where s.Id == signalId && s.UserId == userId
            join w in db.Webhooks.AsNoTracking() on s.WebhookId equals w.Id
            join a in db.ExchangeAccounts.AsNoTracking() on w.AccountId equals a.Id
            select new
            {
                s.Payload,
                Webhook = w,
                a.Exchange,
            }
        ).SingleOrDefaultAsync(cancellationToken);
        if (stored is null)
        {
            return null;
        }

        var (_, findings) = await intake.DryRunAsync(
            webhooks.Rules(stored.Webhook),
            stored.Exchange,
            Encoding.UTF8.GetBytes(stored.Payload),
            cancellationToken
        );
        return new DryRun(findings.Status, findings.Detail);
    }
}

/// <param name="Status">The status that the signal would get.</param>
public sealed record DryRun(SignalStatus Status, SignalDetail Detail);
