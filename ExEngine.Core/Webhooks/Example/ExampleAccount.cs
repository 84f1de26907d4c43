using System.Globalization;
using System.Text;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.RateLimits;
using ExEngine.Core.Webhooks.Intake;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Webhooks.Example;

/// <summary>
/// An example for somebody who has nothing yet: a paper account with a webhook whose alerts are taken, refused and traded by the engine as
/// any others. It is marked in the user's tokens, so that its removal takes exactly what it is.
/// </summary>
public sealed class ExampleAccount(
    IDbContextFactory<AppDb> databases,
    AccountService accounts,
    WebhookService webhooks,
    SignalIntake intake,
    ChangeFeed feed,
    TimeProvider time,
    IOptions<RateLimitOptions> rates
)
{
    private const string Provider = "ExEngine";
    private const string Mark = "ExampleAccount";
    private const int MaxNames = 9;

    private static readonly ChangeKind[] Changed =
    [
        ChangeKind.ExchangeAccount,
        ChangeKind.Webhook,
        ChangeKind.Signal,
        ChangeKind.Order,
        ChangeKind.Position,
        ChangeKind.Alarm,
    ];

    /// <summary>The account's id; null when there is no example, or it was deleted by hand.</summary>
    public async Task<Guid?> FindAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return
            await MarkOfAsync(db, userId, cancellationToken) is { } mark
            && await db.ExchangeAccounts.AnyAsync(a => a.Id == mark.Account && a.DeletedAt == null, cancellationToken)
            ? mark.Account
            : null;
    }

    /// <summary>Makes it and sends its alerts, which the engine trades in the seconds after. Does nothing when there is one.</summary>
    /// <returns>Why there is none, for the reader; null when there is.</returns>
    public async Task<string?> FillAsync(Guid userId, CancellationToken cancellationToken)
    {
        if (await FindAsync(userId, cancellationToken) is not null)
        {
            return null;
        }

        var (account, problem) = await OpenAsync(userId, cancellationToken);
        if (account is null || !await MarkAsync(userId, account.Id, cancellationToken))
        {
            return problem;
        }

        var input = new WebhookInput
        {
            Name = account.Name + " alerts",
            AccountId = account.Id,
            Sender = WebhookSender.Other,
            Auth = WebhookAuthMode.Secret,
            Preset = "native",
            RateLimit = new WebhookRate(rates.Value.Webhook.Capped(ExampleAlerts.All.Count, 60), 60),
        };
        switch (await webhooks.CreateAsync(userId, input, cancellationToken))
        {
            case WebhookResult.Issued issued:
                await NoteAsync(userId, $"{account.Id} {issued.Webhook.Id}", cancellationToken);
                await SendAsync(issued, cancellationToken);
                return null;
            case WebhookResult.CapReached reached:
                await RemoveAsync(userId, cancellationToken);
                return reached.Message;
            case var other:
                await RemoveAsync(userId, cancellationToken);
                return other is WebhookResult.Invalid invalid ? invalid.Errors.Values.First()[0] : "The example could not be made.";
        }
    }

    /// <summary>Deletes it with everything that was received, ordered and traded on it, and nothing else.</summary>
    /// <returns>What of the user's own is in the way, for the reader; null when it is gone.</returns>
    public async Task<string?> RemoveAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await MarkOfAsync(db, userId, cancellationToken) is not { } mark)
        {
            return null;
        }

        var own = await db
            .Webhooks.Where(w => w.UserId == userId && w.AccountId == mark.Account && w.DeletedAt == null && w.Id != mark.Webhook)
            .Select(w => w.Name)
            .FirstOrDefaultAsync(cancellationToken);
        if (own is not null)
        {
            return $"Your webhook {own} trades on the example's account. Point it at another account or delete it first.";
        }

        // Closed before: what is still sent to it is turned away while its rows go.
        if (mark.Webhook is { } webhook)
        {
            await webhooks.DeleteAsync(userId, webhook, cancellationToken);
        }

        await UserRows.DeleteAccountAsync(db, userId, mark.Account, cancellationToken);
        await Marks(db, userId).ExecuteDeleteAsync(cancellationToken);
        foreach (var kind in Changed)
        {
            feed.Publish(new ChangeEvent(userId, kind, Guid.Empty));
        }

        return null;
    }

    private static IQueryable<IdentityUserToken<Guid>> Marks(AppDb db, Guid userId) =>
        db.UserTokens.Where(t => t.UserId == userId && t.LoginProvider == Provider && t.Name == Mark);

    private static async Task<(Guid Account, Guid? Webhook)?> MarkOfAsync(AppDb db, Guid userId, CancellationToken cancellationToken)
    {
        var mark = (await Marks(db, userId).Select(t => t.Value).SingleOrDefaultAsync(cancellationToken))?.Split(' ') ?? [];
        return mark.Length > 0 && Guid.TryParse(mark[0], out var account)
            ? (account, mark.Length > 1 && Guid.TryParse(mark[1], out var webhook) ? webhook : null)
            : null;
    }

    private async Task<(ExchangeAccount? Account, string? Problem)> OpenAsync(Guid userId, CancellationToken cancellationToken)
    {
        for (var i = 1; ; i++)
        {
            var input = new ExchangeAccountInput
            {
                Name = i == 1 ? "Example" : string.Create(CultureInfo.InvariantCulture, $"Example {i}"),
                Exchange = ExchangeInfo.Paper,
                Mode = AccountMode.Paper,
            };
            switch (await accounts.CreateAsync(userId, input, cancellationToken))
            {
                case AccountResult.Done done:
                    return (done.Account, null);
                case AccountResult.Invalid invalid when i == MaxNames || !invalid.Errors.ContainsKey(nameof(input.Name)):
                    return (null, invalid.Errors.Values.First()[0]);
                case AccountResult.CapReached reached:
                    return (null, reached.Message);
            }
        }
    }

    // Two presses at once make two accounts, and one mark: the other account goes again.
    private async Task<bool> MarkAsync(Guid userId, Guid accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await MarkOfAsync(db, userId, cancellationToken) is { } former)
        {
            // Of an example that was deleted by hand, or the other press was quicker.
            await Marks(db, userId)
                .Where(_ => !db.ExchangeAccounts.Any(a => a.Id == former.Account && a.DeletedAt == null))
                .ExecuteDeleteAsync(cancellationToken);
        }

        db.UserTokens.Add(
            new IdentityUserToken<Guid>
            {
                UserId = userId,
                LoginProvider = Provider,
                Name = Mark,
                Value = accountId.ToString(),
            }
        );
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            await accounts.DeleteAsync(userId, accountId, cancellationToken);
            return false;
        }
    }

    private async Task NoteAsync(Guid userId, string mark, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await Marks(db, userId).ExecuteUpdateAsync(s => s.SetProperty(t => t.Value, mark), cancellationToken);
    }

    private async Task SendAsync(WebhookResult.Issued webhook, CancellationToken cancellationToken)
    {
        foreach (var (index, alert) in ExampleAlerts.All.Index())
        {
            var now = time.GetUtcNow().UtcDateTime;
            var body = ExampleAlerts.Body(alert, webhook.Secret, now);
            var request = new IntakeRequest(
                webhook.Token!,
                Encoding.UTF8.GetBytes(body),
                default,
                string.Create(CultureInfo.InvariantCulture, $"example-{index + 1}"),
                now,
                time.GetTimestamp()
            );
            await intake.ReceiveAsync(request, cancellationToken);
        }
    }
}
