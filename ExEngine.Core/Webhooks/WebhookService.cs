using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.RateLimits;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Webhooks;

/// <summary>
/// Where webhooks are made, changed, rotated and closed, for pages and REST alike. Every method takes the user whose rows
/// it may touch, and every change is told to the feed, so that no instance keeps an old copy of the webhook.
/// </summary>
public sealed class WebhookService(
    IDbContextFactory<AppDb> databases,
    MarketCatalog markets,
    WebhookKeys keys,
    SequentialIds ids,
    ChangeFeed feed,
    TimeProvider time,
    IOptions<WebhookOptions> options,
    IOptions<RateLimitOptions> rates,
    IOptions<CapOptions> caps
)
{
    /// <summary>Newest first; only ids below <paramref name="before"/> when it is given.</summary>
    public async Task<IReadOnlyList<Webhook>> ListAsync(Guid userId, Guid? before, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = Mine(db, userId).AsNoTracking();
        if (before is { } id)
        {
            rows = rows.Where(w => w.Id.CompareTo(id) < 0);
        }

        return await rows.OrderByDescending(w => w.Id).Take(take).ToListAsync(cancellationToken);
    }

    public async Task<Webhook?> FindAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Mine(db, userId).AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, cancellationToken);
    }

    /// <summary>What the validator needs, for a new webhook or for changing <paramref name="stored"/>.</summary>
    public async Task<WebhookContext> ContextAsync(Guid userId, Webhook? stored, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var id = stored?.Id ?? Guid.Empty;
        return new WebhookContext
        {
            Others = await Mine(db, userId)
                .AsNoTracking()
                .Where(w => w.Id != id)
                .OrderBy(w => w.NormalizedName)
                .ToListAsync(cancellationToken),
            Holds = await db
                .Positions.Where(p => stored != null && p.OwnerId == id && p.OpenedAt != null)
                .Select(p => p.Symbol)
                .ToListAsync(cancellationToken),
            Accounts = await db
                .ExchangeAccounts.AsNoTracking()
                .Where(a => a.UserId == userId && a.DeletedAt == null)
                .OrderBy(a => a.NormalizedName)
                .ToListAsync(cancellationToken),
            Stored = stored,
            Rate = rates.Value.Webhook,
            NameTaken = (name, token) => NameTakenAsync(userId, name, stored?.Id, token),
            SymbolProblem = async (exchange, symbol, token) => (await markets.FindAsync(exchange, token))?.Resolve(symbol).Refusal?.Message,
        };
    }

    public async Task<WebhookResult> CreateAsync(Guid userId, WebhookInput input, CancellationToken cancellationToken)
    {
        if (await ErrorsAsync(userId, input, null, cancellationToken) is { } errors)
        {
            return errors;
        }

        var now = Now;
        var webhook = new Webhook
        {
            Id = ids.Next(),
            UserId = userId,
            Name = "",
            NormalizedName = "",
            TokenHash = [],
            TokenSealed = "",
            SecretSealed = "",
            Preset = "",
            CreatedAt = now,
        };
        input.Complete(null).WriteTo(webhook, now);
        var (token, secret) = (WebhookToken.New(), WebhookToken.NewSecret(webhook.Auth));
        keys.Issue(webhook, token, secret);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Add(webhook);
        return await SaveAsync(db, webhook, input, new WebhookResult.Issued(webhook, token, secret), cancellationToken);
    }

    /// <summary>Another way to authenticate needs another secret: then a new one is issued and the former pair ends.</summary>
    public Task<WebhookResult> UpdateAsync(Guid userId, Guid id, WebhookInput input, CancellationToken cancellationToken) =>
        AgainWhenChangedAsync(() => UpdateOnceAsync(userId, id, input, cancellationToken));

    private async Task<WebhookResult> UpdateOnceAsync(Guid userId, Guid id, WebhookInput input, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await Mine(db, userId).SingleOrDefaultAsync(w => w.Id == id, cancellationToken) is not { } webhook)
        {
            return new WebhookResult.NotFound();
        }

        if (await ErrorsAsync(userId, input, webhook, cancellationToken) is { } errors)
        {
            return errors;
        }

        var auth = webhook.Auth;
        input.Complete(webhook).WriteTo(webhook, Now);
        if (webhook.Auth == auth)
        {
            return await SaveAsync(db, webhook, input, new WebhookResult.Done(webhook), cancellationToken);
        }

        var secret = WebhookToken.NewSecret(webhook.Auth);
        keys.Replace(webhook, secret);
        return await SaveAsync(db, webhook, input, new WebhookResult.Issued(webhook, null, secret), cancellationToken);
    }

    /// <summary>A new URL and a new secret; the former pair stays valid for <c>Webhooks:RotationHours</c>.</summary>
    public Task<WebhookResult> RotateAsync(Guid userId, Guid id, CancellationToken cancellationToken) =>
        ChangeAsync(
            userId,
            id,
            webhook =>
            {
                var (token, secret) = (WebhookToken.New(), WebhookToken.NewSecret(webhook.Auth));
                keys.Rotate(webhook, token, secret, Now.AddHours(options.Value.RotationHours));
                return new WebhookResult.Issued(webhook, token, secret);
            },
            cancellationToken
        );

    /// <summary>The former pair stops opening the webhook now.</summary>
    public Task<WebhookResult> EndRotationAsync(Guid userId, Guid id, CancellationToken cancellationToken) =>
        ChangeAsync(
            userId,
            id,
            webhook =>
            {
                WebhookKeys.EndRotation(webhook);
                return new WebhookResult.Done(webhook);
            },
            cancellationToken
        );

    public Task<WebhookResult> SwitchAsync(Guid userId, Guid id, bool enabled, CancellationToken cancellationToken) =>
        ChangeAsync(
            userId,
            id,
            webhook =>
            {
                webhook.Enabled = enabled;
                return new WebhookResult.Done(webhook);
            },
            cancellationToken
        );

    /// <summary>Wipes the secrets and hides the row; its signals stay.</summary>
    public Task<WebhookResult> DeleteAsync(Guid userId, Guid id, CancellationToken cancellationToken) =>
        ChangeAsync(
            userId,
            id,
            webhook =>
            {
                WebhookKeys.Wipe(webhook);
                webhook.DeletedAt = Now;
                return new WebhookResult.Done(webhook);
            },
            cancellationToken
        );

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private static IQueryable<Webhook> Mine(AppDb db, Guid userId) => db.Webhooks.Where(w => w.UserId == userId && w.DeletedAt == null);

    // An edit and a rotation at the same moment would otherwise leave a way to authenticate and a secret that do not match.
    private static async Task<WebhookResult> AgainWhenChangedAsync(Func<Task<WebhookResult>> change)
    {
        const int MaxTries = 3;
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await change();
            }
            catch (DbUpdateConcurrencyException) when (tries < MaxTries)
            {
                // Someone else changed the secret meanwhile: the row is read again and the change made on top.
            }
        }
    }

    private Task<WebhookResult> ChangeAsync(
        Guid userId,
        Guid id,
        Func<Webhook, WebhookResult> change,
        CancellationToken cancellationToken
    ) => AgainWhenChangedAsync(() => ChangeOnceAsync(userId, id, change, cancellationToken));

    private async Task<WebhookResult> ChangeOnceAsync(
        Guid userId,
        Guid id,
        Func<Webhook, WebhookResult> change,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await Mine(db, userId).SingleOrDefaultAsync(w => w.Id == id, cancellationToken) is not { } webhook)
        {
            return new WebhookResult.NotFound();
        }

        var answer = change(webhook);
        webhook.UpdatedAt = Now;
        await db.SaveChangesAsync(cancellationToken);
        feed.Publish(new ChangeEvent(userId, ChangeKind.Webhook, id));
        return answer;
    }

    private async Task<bool> NameTakenAsync(Guid userId, string name, Guid? except, CancellationToken cancellationToken)
    {
        var normalized = name.ToUpperInvariant();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Mine(db, userId).AnyAsync(w => w.NormalizedName == normalized && w.Id != except, cancellationToken);
    }

    private async Task<WebhookResult.Invalid?> ErrorsAsync(
        Guid userId,
        WebhookInput input,
        Webhook? stored,
        CancellationToken cancellationToken
    )
    {
        var facts = await ContextAsync(userId, stored, cancellationToken);
        var result = await new WebhookValidator(facts).ValidateAsync(input, cancellationToken);
        return result.IsValid ? null : new WebhookResult.Invalid(result.ToDictionary());
    }

    private async Task<WebhookResult> SaveAsync(
        AppDb db,
        Webhook webhook,
        WebhookInput input,
        WebhookResult answer,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

            // Before the account's row: a new account of the same user has its turn first, too, and then looks at the other accounts.
            var cap = caps.Value.WebhooksPerUser;
            if (await UserCap.IsReachedAsync(db, webhook, webhook.UserId, cap, Mine(db, webhook.UserId), cancellationToken))
            {
                return new WebhookResult.CapReached(cap);
            }

            if (!await AccountRow.HoldAsync(db, webhook.AccountId, cancellationToken))
            {
                return new WebhookResult.Invalid(
                    new Dictionary<string, string[]> { [nameof(WebhookInput.AccountId)] = [AccountRow.DeletedMeanwhile] }
                );
            }

            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Two requests can pass the validator with the same name; the unique index lets one through.
            if (await ErrorsAsync(webhook.UserId, input, webhook, cancellationToken) is { } errors)
            {
                return errors;
            }

            throw;
        }

        feed.Publish(new ChangeEvent(webhook.UserId, ChangeKind.Webhook, webhook.Id));
        return answer;
    }
}
