using System.Text.Json;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Bots.Recurring;
using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Bots.Running;

/// <summary>Checks what a bot is to be made of.</summary>
public sealed class BotMaker(BotGrounds grounds, SequentialIds ids, TimeProvider time)
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

        var ground = await GroundAsync(userId, input, errors, cancellationToken);
        var settings = Settings(kind, input.Settings, errors);
        var name = (input.Name ?? "").Trim();
        await CheckNameAsync(db, userId, null, name, errors, cancellationToken);
        if (errors.Count > 0 || ground is null || settings is null)
        {
            return (null, errors);
        }

        var now = time.GetUtcNow().UtcDateTime;
        var bot = new Bot
        {
            Id = ids.Next(),
            UserId = userId,
            AccountId = ground.Account.Id,
            Kind = kind,
            Name = name,
            NormalizedName = Normal(name),
            Symbol = ground.Market.Symbol,
            Settings = settings,
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

    /// <returns>The settings as they are stored; null with what is wrong among the errors.</returns>
    public static string? Settings(BotKind kind, JsonElement? settings, IDictionary<string, string[]> errors)
    {
        if (settings is not { ValueKind: JsonValueKind.Object } given)
        {
            errors["settings"] = ["The settings are missing; state an object, such as {\"baseOrder\": \"100\"}."];
            return null;
        }

        var text = given.GetRawText();
        return kind switch
        {
            BotKind.Dca => BotSettingsReader.Read(text, new DcaSettingsValidator(), errors) is { } dca ? BotText.Of(dca) : null,
            BotKind.Grid => BotSettingsReader.Read(text, new GridSettingsValidator(), errors) is { } grid ? BotText.Of(grid) : null,
            _ => BotSettingsReader.Read(text, new RecurringSettingsValidator(), errors) is { } recurring ? BotText.Of(recurring) : null,
        };
    }

    private async Task<BotGround?> GroundAsync(
        Guid userId,
        BotInput input,
        Dictionary<string, string[]> errors,
        CancellationToken cancellationToken
    )
    {
        switch (await grounds.FindAsync(userId, input.AccountId, input.Symbol, cancellationToken))
        {
            case BotGroundResult.Found found:
                return found.Ground;
            case BotGroundResult.Invalid invalid:
                foreach (var (field, messages) in invalid.Errors)
                {
                    errors[field] = messages;
                }

                return null;
            default:
                errors["accountId"] = ["Choose one of your accounts."];
                return null;
        }
    }
}
