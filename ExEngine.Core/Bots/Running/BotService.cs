using System.Text.Json;
using ExEngine.Core.Bots.Edits;
using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.RateLimits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Bots.Running;

/// <summary>
/// Where bots are made, edited, cloned and deleted, for pages and REST alike. Every method takes the user whose rows it may touch.
/// </summary>
public sealed class BotService(
    IDbContextFactory<AppDb> databases,
    BotMaker maker,
    BotRecords records,
    SequentialIds ids,
    BotChanges changes,
    TimeProvider time,
    IOptions<CapOptions> caps
)
{
    public async Task<BotResult> CreateAsync(Guid userId, BotInput input, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (bot, errors) = await maker.NewAsync(db, userId, input, cancellationToken);
        if (bot is null)
        {
            return new BotResult.Invalid(errors);
        }

        db.Add(bot);
        records.Journal(db, bot, BotNote.Info, "The bot was made", bot.Settings);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var cap = caps.Value.BotsPerUser;
            if (await UserCap.IsReachedAsync(db, bot, userId, cap, BotChanges.Mine(db, userId), cancellationToken))
            {
                return new BotResult.Refused(
                    BotCodes.TooMany,
                    $"You have {cap} bots, as many as this server allows. Delete one, or ask its operator for more."
                );
            }

            if (!await AccountRow.HoldAsync(db, bot.AccountId, cancellationToken))
            {
                errors["accountId"] = [AccountRow.DeletedMeanwhile];
                return new BotResult.Invalid(errors);
            }

            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Two requests can pass the check with the same name; the unique index lets one through.
            await using var fresh = await databases.CreateDbContextAsync(cancellationToken);
            await BotMaker.CheckNameAsync(fresh, userId, null, bot.Name, errors, cancellationToken);
            if (errors.Count == 0)
            {
                throw;
            }

            return new BotResult.Invalid(errors);
        }

        changes.Tell(bot);
        return new BotResult.Done(bot);
    }

    /// <summary>
    /// Other settings, or another name. They hold for the next deal, and for open ones when that is asked; the lines of a running grid are
    /// replaced. What was changed stands in the journal.
    /// </summary>
    public async Task<BotResult> UpdateAsync(Guid userId, Guid id, BotInput input, CancellationToken cancellationToken)
    {
        return await changes.DoAsync(
            userId,
            id,
            async (db, bot) =>
            {
                var errors = new Dictionary<string, string[]>();
                var settings = input.Settings is null ? null : BotMaker.Settings(bot.Kind, input.Settings, errors);

                foreach (var limit in EditLimits.Of(bot, settings ?? bot.Settings, input.ApplyToDeals).Where(l => l.IsRefused))
                {
                    errors[$"settings.{limit.Field}"] = [limit.Reason];
                }

                var name = (input.Name ?? bot.Name).Trim();
                await BotMaker.CheckNameAsync(db, userId, id, name, errors, cancellationToken);
                if (errors.Count > 0)
                {
                    return new BotResult.Invalid(errors);
                }

                (bot.Name, bot.NormalizedName) = (name, BotMaker.Normal(name));
                foreach (var asked in BotEdits.Asked(bot, settings ?? bot.Settings, input.ApplyToDeals))
                {
                    records.Ask(db, bot, ids.Next(), asked);
                }

                if (settings is not null && settings != bot.Settings)
                {
                    bot.Settings = settings;
                    records.Journal(db, bot, BotNote.Info, "The settings were changed", settings);
                }

                return null;
            },
            cancellationToken
        );
    }

    /// <summary>A new bot of the same settings, not started.</summary>
    public async Task<BotResult> CloneAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await BotChanges.Mine(db, userId).AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, cancellationToken) is not { } bot)
        {
            return new BotResult.NotFound();
        }

        var names = await BotChanges.Mine(db, userId).Select(b => b.NormalizedName).ToListAsync(cancellationToken);
        var stem = bot.Name.Length > Bot.MaxName - 8 ? bot.Name[..(Bot.MaxName - 8)] : bot.Name;
        var name = Enumerable.Range(2, names.Count + 1).Select(i => $"{stem} ({i})").First(n => !names.Contains(BotMaker.Normal(n)));
        return await CreateAsync(
            userId,
            new BotInput
            {
                Kind = bot.Kind,
                Name = name,
                AccountId = bot.AccountId,
                Symbol = bot.Symbol,
                Settings = JsonSerializer.Deserialize<JsonElement>(bot.Settings),
            },
            cancellationToken
        );
    }

    /// <summary>Hides a bot that has stopped; one that was never started goes. Its orders and fills stay.</summary>
    public Task<BotResult> DeleteAsync(Guid userId, Guid id, CancellationToken cancellationToken) =>
        changes.DoAsync(
            userId,
            id,
            (db, bot) =>
            {
                if (bot.IsActive)
                {
                    return Task.FromResult<BotResult?>(BotChanges.Wrong(bot, "deleted; stop it first"));
                }

                bot.ArchivedAt = Now;
                return Task.FromResult<BotResult?>(null);
            },
            cancellationToken
        );

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
