using System.Globalization;
using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Core.Positions;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Engine.Bots;

/// <summary>
/// One line of the journal for all trades that were made while nobody looked: this process was not there, or its exchange gave no answer.
/// It is written in the transaction that tells the bot of them, and grows while more of them are told.
/// </summary>
internal sealed class BotAbsence(BotRecords records, TimeProvider time)
{
    private const string Opening = "Away: ";

    /// <summary>A trade is told within seconds by a stream, and within half a minute by asking.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    /// <summary>What is told within so long belongs to one absence.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(10);

    /// <summary>After it, lines that were passed meanwhile are left one after the other.</summary>
    private static readonly TimeSpan CatchingUp = TimeSpan.FromMinutes(1);

    /// <summary>It was heard of long after it was made.</summary>
    public static bool IsMissed(Fill fill) => fill.StoredAt - fill.At > Late;

    /// <summary>Whether trades of an absence are told now, or were a moment ago: single fills are not worth a line each.</summary>
    public async Task<bool> IsCatchingUpAsync(AppDb db, Bot bot, BotNews news, CancellationToken cancellationToken) =>
        news.HasMissed || await FindAsync(db, bot, CatchingUp, cancellationToken) is not null;

    /// <summary>Writes the line, or what it says with these as well.</summary>
    public async Task TellAsync(AppDb db, Bot bot, BotNews news, Market market, CancellationToken cancellationToken)
    {
        if (!news.HasMissed)
        {
            return;
        }

        var now = time.GetUtcNow().UtcDateTime;
        var since = now - Together;
        var told = await db.Fills.AsNoTracking().Where(f => f.OwnerId == bot.Id && f.StoredAt > since).ToListAsync(cancellationToken);
        var missed = told.Where(f => IsMissed(f) && (f.IsUntold is null || news.Fills.Contains(f.Id))).ToList();
        if (missed.Count == 0)
        {
            return;
        }

        var text = Text(missed, market, now);
        if (await FindAsync(db, bot, Together, cancellationToken) is { } entry)
        {
            entry.Text = text;
        }
        else
        {
            records.Journal(db, bot, BotNote.Info, text);
        }
    }

    private Task<BotJournalEntry?> FindAsync(AppDb db, Bot bot, TimeSpan young, CancellationToken cancellationToken)
    {
        // By id, which grows with time and has an index: every fill of a bot asks, and its journal is long.
        var oldest = SequentialIds.LowestAt(time.GetUtcNow().UtcDateTime - young);
        return db
            .BotJournal.Where(e => e.BotId == bot.Id && e.Id.CompareTo(oldest) > 0 && e.Text.StartsWith(Opening))
            .OrderByDescending(e => e.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private static string Text(List<Fill> missed, Market market, DateTime now)
    {
        var trades = missed.Count == 1 ? "1 trade was" : string.Create(CultureInfo.InvariantCulture, $"{missed.Count} trades were");
        string[] sides = [Side(OrderSide.Buy, "bought"), Side(OrderSide.Sell, "sold")];
        var what = string.Join(", ", sides.Where(s => s.Length > 0));
        return $"{Opening}{trades} made while nobody looked, the first {Span(now - missed.Min(f => f.At))} ago: {what}";

        string Side(OrderSide side, string word)
        {
            var fills = missed.Where(f => f.Side == side).ToList();
            return fills.Count == 0
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{word} {fills.Sum(f => f.Quantity):0.########} {market.Base} for {fills.Sum(f => f.Cost):0.########} {market.Quote}"
                );
        }
    }

    private static string Span(TimeSpan time) =>
        time.TotalDays >= 1 ? Two((int)time.TotalDays, "d", time.Hours, "h")
        : time.TotalHours >= 1 ? Two((int)time.TotalHours, "h", time.Minutes, "min")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min");

    private static string Two(int large, string unit, int small, string part) =>
        string.Create(CultureInfo.InvariantCulture, $"{large} {unit} {small} {part}");
}
