using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.MarketData;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Bots.Running;

/// <summary>Checks what a bot is to be made of.</summary>
public sealed class BotMaker(MarketCatalog markets, SequentialIds ids, TimeProvider time)
{
    /// <returns>A row that is not saved yet; or messages by the name of the field.</returns>
    public async Task<(Bot? Bot, IDictionary<string, string[]> Errors)> NewAsync(
        AppDb db,
        Guid userId,
        BotInput input,
        CancellationToken cancellationToken
    )
    {
        var errors = new Dictionary<string, string[]>();
        if (input.Kind is not { } kind || !Enum.IsDefined(kind))
        {
            errors["kind"] = ["The kind is dca, grid or recurring."];
            kind = BotKind.Dca;
        }

        var settings = await BothAsync(db, userId, input, kind, errors, cancellationToken);
        var name = (input.Name ?? "").Trim();
        await CheckNameAsync(db, userId, null, name, errors, cancellationToken);
        if (errors.Count > 0)
        {
            return (null, errors);
        }

        var now = time.GetUtcNow().UtcDateTime;
        var bot = new Bot
        {
            Id = ids.Next(),
            UserId = userId,
            AccountId = settings.Account,
            Kind = kind,
            Name = name,
            NormalizedName = Normal(name),
            Symbol = settings.Symbol,
            Settings = settings.Settings,
            Status = BotStatus.Ready,
            CreatedAt = now,
            UpdatedAt = now,
        };
        return (bot, errors);
    }

    /// <summary>As names are compared.</summary>
    public static string Normal(string name) => name.Trim().ToUpperInvariant();

    /// <param name="id">Of the bot that is renamed; null for a new one.</param>
    public static async Task CheckNameAsync(
        AppDb db,
        Guid userId,
        Guid? id,
        string name,
        IDictionary<string, string[]> errors,
        CancellationToken cancellationToken
    )
    {
        if (name.Length is 0 or > Bot.MaxName)
        {
            errors["name"] = [name.Length == 0 ? "Give the bot a name." : $"A name has at most {Bot.MaxName} characters."];
            return;
        }

        var normal = Normal(name);
        if (
            await db.Bots.AnyAsync(
                b => b.UserId == userId && b.ArchivedAt == null && b.NormalizedName == normal && b.Id != id,
                cancellationToken
            )
        )
        {
            errors["name"] = [$"You already have a bot named {name}."];
        }
    }

    private async Task<(Guid Account, string Symbol, string Settings)> BothAsync(
        AppDb db,
        Guid userId,
        BotInput input,
        BotKind kind,
        Dictionary<string, string[]> errors,
        CancellationToken cancellationToken
    )
    {
        var account = await db
            .ExchangeAccounts.AsNoTracking()
            .SingleOrDefaultAsync(a => a.Id == input.AccountId && a.UserId == userId && a.DeletedAt == null, cancellationToken);
        var symbol = (input.Symbol ?? "").Trim();
        if (account is null)
        {
            errors["accountId"] = ["Choose one of your accounts."];
        }
        else if (symbol.Length == 0)
        {
            errors["symbol"] = ["Choose a symbol, such as BTC/USDT."];
        }
        else if (await markets.FindAsync(account.Exchange, cancellationToken) is { } known)
        {
            var resolved = known.Resolve(symbol);
            symbol = resolved.Market?.Symbol ?? symbol;
            if (resolved.Refusal is { } refusal)
            {
                errors["symbol"] = [refusal.Message];
            }
        }
        else
        {
            errors["symbol"] = [$"The rules of {account.Exchange} are not known yet; try again in a moment."];
        }

        var (settings, problems) = BotSettingsReader.Read(kind, input.Settings);
        foreach (var (field, messages) in problems)
        {
            errors[field] = messages;
        }

        return (account?.Id ?? Guid.Empty, symbol, settings ?? "");
    }
}
