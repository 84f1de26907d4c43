using System.Text.Json;
using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Running;

namespace ExEngine.Web.Api.Bots;

/// <summary>
/// A bot. Quantities in base, prices in quote per base, money in quote; realised and floating are the parts of the total, and their
/// difference from it is 0 as long as the books are right.
/// </summary>
/// <param name="Problem">What a person has to answer; null when nothing is.</param>
/// <param name="Rounds">Deals that are over, matched pairs of a grid, or buys.</param>
/// <param name="Open">Deals that are open, or cells of a grid that hold coins.</param>
/// <param name="Next">What a start by conditions or by time waits for, in words; null when it waits for nothing of that.</param>
/// <param name="Start">What its conditions say; null without conditions.</param>
/// <param name="Price">The last one; null while none is known, and so are floating and total.</param>
public sealed record BotView(
    Guid Id,
    BotKind Kind,
    string Name,
    Guid AccountId,
    string Account,
    string Exchange,
    string Symbol,
    BotStatus Status,
    string? Problem,
    decimal Held,
    decimal Cost,
    decimal Realized,
    decimal? Floating,
    decimal? Total,
    decimal? Price,
    int Rounds,
    int Open,
    decimal? Lower,
    decimal? Upper,
    DateTime CreatedAt,
    DateTime? StartedAt,
    DateTime? StoppedAt,
    string? Next,
    StartView? Start,
    JsonElement Settings
)
{
    public static BotView Of(BotRow row, decimal? price, string? next, StartView? start)
    {
        var (bot, figures) = (row.Bot, row.Program.Figures);
        var profit = price is { } at ? row.Program.Profit(at) : null;
        return new(
            bot.Id,
            bot.Kind,
            bot.Name,
            bot.AccountId,
            row.AccountName,
            row.Exchange,
            bot.Symbol,
            bot.Status,
            bot.Problem,
            figures.Held,
            figures.Cost,
            figures.Realized,
            profit?.Floating,
            profit?.Total,
            price,
            figures.Rounds,
            figures.Open,
            figures.Lower,
            figures.Upper,
            bot.CreatedAt,
            bot.StartedAt,
            bot.StoppedAt,
            next,
            start,
            JsonSerializer.Deserialize<JsonElement>(bot.Settings)
        );
    }
}

/// <summary>What a bot earned, in quote.</summary>
/// <param name="Matched">Of matched pairs, or of what deals sold: realised, fees in quote in it.</param>
/// <param name="AtMarket">Realised when a grid was closed or its range edited.</param>
/// <param name="Floating">What is held at the price, less its cost.</param>
/// <param name="Total">From money and coins, not from the parts.</param>
/// <param name="Difference">Total less the parts: 0, or the books are wrong.</param>
public sealed record BotProfitView(decimal Price, decimal Matched, decimal AtMarket, decimal Floating, decimal Total, decimal Difference)
{
    public static BotProfitView Of(ProfitSplit split, decimal price) =>
        new(price, split.Matched, split.AtMarket, split.Floating, split.Total, split.Difference);
}

/// <param name="Settings">From here on; null for lines that changed none.</param>
public sealed record BotJournalView(Guid Id, DateTime At, BotNote Kind, string Text, JsonElement? Settings)
{
    public static BotJournalView Of(BotJournalEntry e) =>
        new(e.Id, e.At, e.Kind, e.Text, e.Settings is { } settings ? JsonSerializer.Deserialize<JsonElement>(settings) : null);
}
