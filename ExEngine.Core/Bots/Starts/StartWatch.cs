using System.Globalization;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Indicators;
using ExEngine.Core.Bots.Running;

namespace ExEngine.Core.Bots.Starts;

/// <summary>What start conditions say now, by candles that <see cref="CandleWatch"/> keeps; and what a bot's next deal waits for.</summary>
public sealed class StartWatch(CandleWatch candles, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>It grows whenever candles have come: until then, and until a look's time is over, a look says the same.</summary>
    public int Version => candles.Version;

    /// <summary>Without asking anybody; null when the settings have no conditions.</summary>
    /// <param name="price">Quote per base, for values of now.</param>
    public StartLook? Of(DcaSettings settings, string exchange, string symbol, decimal? price = null, bool isDeep = false)
    {
        return settings.Start != DcaStart.Conditions
            ? null
            : StartMath.Look(settings.Conditions, c => candles.Of(Key(c), Count(c)), time.GetUtcNow().UtcDateTime, price, isDeep);

        CandleKey Key(StartCondition c) => new(exchange, symbol, c.Size);
    }

    /// <summary>Of a bot, with what a page shows.</summary>
    public StartLook? Of(BotRow row, decimal? price) =>
        row.Program is DcaProgram { Settings: var settings } ? Of(settings, row.Exchange, row.Bot.Symbol, price, isDeep: true) : null;

    /// <summary>Waits until the candles of a bot's conditions have been asked for once, up to 5 s.</summary>
    public async Task ReadAsync(BotRow row, CancellationToken cancellationToken)
    {
        if (row.Program is DcaProgram { Settings: var settings })
        {
            await ReadAsync(settings, row.Exchange, row.Bot.Symbol, null, cancellationToken);
        }
    }

    /// <summary>The same, with candles that were not looked at before: the exchange may take its time, up to 5 s.</summary>
    public async Task<StartLook?> ReadAsync(
        DcaSettings settings,
        string exchange,
        string symbol,
        decimal? price,
        CancellationToken cancellationToken
    )
    {
        foreach (var condition in settings.Start == DcaStart.Conditions ? settings.Conditions.SelectMany(g => g) : [])
        {
            await candles.ReadAsync(new(exchange, symbol, condition.Size), Count(condition), Longest, cancellationToken);
        }

        return Of(settings, exchange, symbol, price, isDeep: true);
    }

    /// <summary>Calls whenever candles of an exchange have come.</summary>
    public IDisposable Watch(string exchange, Action wake) => candles.Watch(exchange, wake);

    /// <summary>What the next deal of a running bot waits for, in words; null when it is no condition and no time.</summary>
    public string? Waits(BotRow row, decimal? price)
    {
        if (row is { Bot.Status: BotStatus.Running, Program: RecurringProgram { Value: { Mode: BotMode.Running, NextAt: { } next } buys } })
        {
            var last = buys.Problem is { } why ? $"; the last time: {why}" : "";
            return string.Create(CultureInfo.InvariantCulture, $"buys at {buys.RetryAt ?? next:yyyy-MM-dd HH:mm} UTC{last}");
        }

        if (row.Bot.Status != BotStatus.Running || row.Program is not DcaProgram { Settings: var settings, Value: var state })
        {
            return null;
        }

        if (state.Mode != BotMode.Running || state.IsFull(settings))
        {
            return null;
        }

        return settings.Start switch
        {
            DcaStart.Interval when state.NextStart is { } at => string.Create(
                CultureInfo.InvariantCulture,
                $"waits for {at:yyyy-MM-dd HH:mm} UTC"
            ),
            DcaStart.Conditions when Of(settings, row.Exchange, row.Bot.Symbol, price) is { } look => look.Holds
            && look.ClosedAt <= state.StartedClose
                ? $"the close that began the last deal still holds; waits for the next, and {StartWords.Waits(look)}"
                : $"waits for {StartWords.Waits(look)}",
            _ => null,
        };
    }

    private static int Count(StartCondition c) => c.WarmUp + 1 + StartMath.History;
}
