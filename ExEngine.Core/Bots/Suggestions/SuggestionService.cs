using System.Globalization;
using ExEngine.Core.Bots.Backtest;
using ExEngine.Core.Bots.Backtest.Candles;
using ExEngine.Core.Bots.Backtest.Jobs;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Bots.Indicators;
using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Exchanges.Paper;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Bots.Suggestions;

/// <summary>Suggests settings from a market's own hourly candles, and plays each suggestion on 30, 90 and 365 days at once.</summary>
public sealed class SuggestionService(
    BotGrounds grounds,
    CandleArchive archive,
    PriceFeed prices,
    IOptions<PaperOptions> paper,
    TimeProvider time
)
{
    private const int History = 365;

    /// <summary>Below that nothing can be said of a market.</summary>
    private const int LeastHours = 24 * 7;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly int[] Windows = [30, 90, History];

    public async Task<SuggestionResult> OfAsync(Guid userId, SuggestionAsk ask, CancellationToken cancellationToken)
    {
        var errors = Check(ask);
        switch (await grounds.FindAsync(userId, ask.AccountId, ask.Symbol, cancellationToken))
        {
            case BotGroundResult.NotFound:
                return new SuggestionResult.NotFound();
            case BotGroundResult.Invalid invalid:
                foreach (var (field, messages) in invalid.Errors)
                {
                    errors[field] = messages;
                }

                return new SuggestionResult.Invalid(errors);
            case BotGroundResult.Found { Ground: var ground } when errors.Count == 0:
                return await OfAsync(ground, ask, cancellationToken);
            default:
                return new SuggestionResult.Invalid(errors);
        }
    }

    private static Dictionary<string, string[]> Check(SuggestionAsk ask)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (ask.Kind is not (BotDraft.DcaKind or BotDraft.GridKind))
        {
            errors["kind"] =
            [
                $"The kind is \"{ask.Kind}\"; settings are suggested of {BotDraft.DcaKind} and {BotDraft.GridKind}: state one.",
            ];
        }

        if (ask.Budget is not (> 0 and <= 1e12m))
        {
            errors["budget"] = [$"The budget is {ask.Budget}; it is above 0, in quote: state what the bot may take in all."];
        }

        return errors;
    }

    private async Task<SuggestionResult> OfAsync(BotGround ground, SuggestionAsk ask, CancellationToken cancellationToken)
    {
        var (exchange, symbol) = (ground.Account.Exchange, ground.Market.Symbol);
        if ((await prices.GetAsync(exchange, symbol, cancellationToken))?.Last is not (> 0 and var price))
        {
            return new SuggestionResult.Unavailable($"{exchange} tells no price of {symbol} now; try again in a moment.");
        }

        var now = time.GetUtcNow().UtcDateTime;
        var to = CandleSizes.Begin(now, Hour);
        int? seed = exchange == ExchangeInfo.Paper ? paper.Value.Seed : null;
        CandleSeries hourly;
        try
        {
            var question = new CandleQuestion(exchange, symbol, Hour, to.AddDays(-History), to, seed);
            hourly = await archive.ReadAsync(question, 0, static (_, _) => { }, cancellationToken);
        }
        catch (CandlesUnavailableException e)
        {
            return new SuggestionResult.Unavailable(e.Message);
        }

        if (hourly.Count < LeastHours)
        {
            return new SuggestionResult.Unavailable(
                $"There are {hourly.Count} hours of {symbol}, and {LeastHours} are needed to tell how it moves; choose settings by hand."
            );
        }

        var source = seed is { } known ? string.Create(CultureInfo.InvariantCulture, $"simulated prices, seed {known}") : exchange;
        var context = BotPreviewService.Context(ground, price, null, now);

        // Arithmetic for a second: not on a thread that alerts wait for.
        return await Task.Factory.StartNew(
            () => new SuggestionResult.Done(Report(ground, ask, context, hourly, source, cancellationToken)),
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
    }

    private static SuggestionReport Report(
        BotGround ground,
        SuggestionAsk ask,
        BotContext context,
        CandleSeries hourly,
        string source,
        CancellationToken cancellationToken
    )
    {
        var (movement, budget) = (Movement.Of(hourly), ask.Budget!.Value);
        var suggestion =
            ask.Kind == BotDraft.GridKind
                ? SuggestionMath.Grid(movement, context, budget, ask.Boldness)
                : SuggestionMath.Dca(movement, context, budget, ask.Boldness);
        var outlook = BotOutlook.Of(suggestion.Draft, context, [30]);
        return new(
            suggestion,
            ground.Market.Quote,
            budget,
            Math.Round(outlook.Falls is [var fall, ..] ? fall.Result : 0, 8),
            [.. ((int[])[7, 30]).Select(d => Range(hourly, d))],
            [.. Windows.Select(d => Play(ground, suggestion.Draft, context, budget, Last(hourly, d), d, source, cancellationToken))],
            [.. outlook.Preview.Problems.Concat(outlook.Preview.Lines.Select(l => l.Problem).OfType<string>()).Distinct().Take(5)],
            source
        );
    }

    private static CandleSeries Last(CandleSeries hourly, int days) => hourly.After(Math.Max(0, hourly.Count - (days * 24)));

    private static SuggestionRange Range(CandleSeries hourly, int days)
    {
        var (last, unit) = (Last(hourly, days), CandleSeries.Unit(hourly.PriceDecimals));
        var (low, high) = (long.MaxValue, 0L);
        foreach (var candle in last.Candles)
        {
            (low, high) = (Math.Min(low, candle.Low), Math.Max(high, candle.High));
        }

        return new(days, low / unit, high / unit);
    }

    private static SuggestionRun Play(
        BotGround ground,
        BotDraft draft,
        BotContext context,
        decimal budget,
        CandleSeries series,
        int days,
        string source,
        CancellationToken cancellationToken
    )
    {
        var settings = new BacktestSettings
        {
            Market = ground.Market,
            Fees = ground.Fees,
            FeeSource = ground.FeeSource,
            StartQuote = budget,
        };
        var bot = draft.Grid is { } grid ? BotDraft.Of(Around(grid, series, context, ground)) : draft;
        var outcome = Backtester.Run(bot, settings, series, source, cancellationToken: cancellationToken).Outcome;
        return new(
            days,
            At(series.Candles[0]),
            At(series.Candles[^1]) + Hour,
            Math.Round(outcome.Profit, 8),
            ReportMath.Percent(outcome.Profit, outcome.StartEquity),
            Math.Round(outcome.Profit - outcome.ClosedProfit, 8),
            ReportMath.Percent(outcome.MaxDrawdown, outcome.StartEquity),
            ReportMath.Percent(outcome.Hold, outcome.StartEquity),
            outcome.Deals.Count
        );
    }

    // The same shape around the price of that day, as it would have been made then.
    private static GridSettings Around(GridSettings grid, CandleSeries series, BotContext context, BotGround ground)
    {
        var then = series.Candles[0].Open / CandleSeries.Unit(series.PriceDecimals) / context.Price!.Value;
        var ticks = ground.Market.PriceIncrements;
        return grid with { Lower = ticks.Down(grid.Lower * then), Upper = ticks.Down(grid.Upper * then) };
    }

    private static DateTime At(ScaledCandle candle) => DateTime.UnixEpoch.AddMilliseconds(candle.At);
}

/// <param name="Kind"><c>dca</c> or <c>grid</c>.</param>
/// <param name="Budget">In quote.</param>
public sealed record SuggestionAsk(string? Kind, Guid? AccountId, string? Symbol, decimal? Budget, Boldness Boldness);

public abstract record SuggestionResult
{
    private SuggestionResult() { }

    public sealed record Done(SuggestionReport Report) : SuggestionResult;

    public sealed record NotFound : SuggestionResult;

    /// <param name="Errors">By field.</param>
    public sealed record Invalid(IDictionary<string, string[]> Errors) : SuggestionResult;

    /// <summary>The exchange does not give what is needed; the message is for people.</summary>
    public sealed record Unavailable(string Message) : SuggestionResult;
}
