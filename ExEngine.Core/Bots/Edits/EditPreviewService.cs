using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Bots.Starts;
using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Bots.Edits;

/// <summary>Previews of edits of stored bots, against the rules, the price and the balance of now; nothing is stored or sent.</summary>
public sealed class EditPreviewService(
    IDbContextFactory<AppDb> databases,
    BotGrounds grounds,
    PriceFeed prices,
    StartWatch starts,
    TimeProvider time
)
{
    public async Task<EditPreviewResult> OfAsync(Guid userId, Guid id, BotInput input, CancellationToken cancellationToken)
    {
        var (bot, account) = await FindAsync(userId, id, cancellationToken);
        if (bot is null || account is null)
        {
            return new EditPreviewResult.NotFound();
        }

        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var settings = input.Settings is null ? bot.Settings : BotMaker.Settings(bot.Kind, input.Settings, errors);
        var found = await grounds.OfAsync(account, bot.Symbol, cancellationToken);
        foreach (var (field, messages) in (found as BotGroundResult.Invalid)?.Errors ?? new Dictionary<string, string[]>())
        {
            errors[field] = messages;
        }

        if (settings is null || errors.Count > 0 || found is not BotGroundResult.Found { Ground: var ground })
        {
            return new EditPreviewResult.Invalid(errors);
        }

        var price = (await prices.GetAsync(account.Exchange, bot.Symbol, cancellationToken))?.Last;
        var (balances, problem) = bot.IsActive ? await grounds.BalancesAsync(account, cancellationToken) : (null, null);
        var context = BotPreviewService.Context(ground, price, balances, time.GetUtcNow().UtcDateTime);
        if (bot.Kind == BotKind.Dca)
        {
            var dca = BotText.DcaSettings(settings);
            context = context with { Start = await starts.ReadAsync(dca, account.Exchange, bot.Symbol, price, cancellationToken) };
        }

        var asked = BotEdits.Asked(bot, settings, input.ApplyToDeals);
        var diff = bot.IsActive ? EditRehearsal.Of(bot, settings, context, asked) : EditDiff.Empty;
        var limits = EditLimits.Of(bot, settings, input.ApplyToDeals);
        return new EditPreviewResult.Done(new(bot, ground.Market, price, diff, limits, [.. Notes(bot, context, problem)]));
    }

    private async Task<(Bot? Bot, ExchangeAccount? Account)> FindAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var bot = await BotChanges.Mine(db, userId).AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, cancellationToken);
        return bot is null
            ? (null, null)
            : (bot, await db.ExchangeAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == bot.AccountId, cancellationToken));
    }

    private static IEnumerable<string> Notes(Bot bot, BotContext context, string? problem)
    {
        if (!bot.IsActive)
        {
            yield return "It does not run, so no order changes.";
            yield break;
        }

        if (bot.Status == BotStatus.Paused)
        {
            yield return "It is paused: nothing of this is done before it is resumed.";
        }

        if (context.Price is null)
        {
            yield return $"There is no price of {bot.Symbol} now; what depends on it is left out.";
        }

        if (!context.Market.Active)
        {
            yield return $"{bot.Symbol} is not traded now: orders change when it is again.";
        }

        if (problem is not null)
        {
            yield return $"The balance is not known, so nothing is compared with it: {problem}";
        }
    }
}
