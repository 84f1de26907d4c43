using System.Globalization;
using ExEngine.Core.Bots.Backtest.Candles;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Indicators;
using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Bots.Recurring;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Core.Markets;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Bots.Backtest.Jobs;

/// <summary>Gets together what a run is played on: rules, fees, candles, start balance.</summary>
public sealed class BacktestStages(
    BotGrounds grounds,
    CandleArchive archive,
    CandleUploads uploads,
    IOptions<PaperOptions> paper,
    TimeProvider time
)
{
    private const int DefaultDays = 30;
    private const decimal Cents = 100;

    /// <summary>What is left out is stated, so that the same is played when it is run again.</summary>
    public BacktestInput Settled(BacktestInput input)
    {
        var data = input.Data ?? new();

        // JSON may say null where a name is meant.
        data = data with
        {
            Interval = data.Interval ?? "",
        };
        if (data.Source == CandleSource.Csv || !CandleFeed.Intervals.TryGetValue(data.Interval, out var interval))
        {
            return input with { Data = data };
        }

        var now = time.GetUtcNow().UtcDateTime;
        var to = Down(data.To is { } end && end < now ? end : now, interval);
        var from = Down(data.From ?? to.AddDays(-DefaultDays), interval);
        return input with
        {
            Data = data with { From = from, To = to, Seed = data.Source == CandleSource.Simulated ? data.Seed ?? paper.Value.Seed : null },
        };
    }

    /// <summary>Two results with the same key are on the same prices.</summary>
    public static string DataKey(BacktestInput input, BotGround ground) =>
        input.Data switch
        {
            { Source: CandleSource.Csv, Upload: var upload } => $"csv|{upload}",
            { Source: CandleSource.Simulated, Seed: var seed } => $"simulated|{seed}|{ground.Market.Symbol}",
            _ => $"exchange|{ground.Account.Exchange}|{ground.Market.Symbol}",
        };

    /// <param name="input">As <see cref="Settled"/> answers it.</param>
    /// <exception cref="CandlesUnavailableException">There is nothing to play on; the message is for people.</exception>
    public async Task<BacktestStage> SetAsync(
        Guid userId,
        BacktestInput input,
        BotDraft draft,
        Action<int, string> progress,
        CancellationToken cancellationToken
    )
    {
        var found = await grounds.FindAsync(userId, input.AccountId, input.Symbol, cancellationToken);
        var ground = found switch
        {
            BotGroundResult.Found { Ground: var it } => it,
            BotGroundResult.Invalid invalid => throw new CandlesUnavailableException(invalid.Errors.Values.First()[0]),
            _ => throw new CandlesUnavailableException("The account is not there any more."),
        };
        var (series, source) = await SeriesAsync(userId, input.Data!, ground, progress, cancellationToken);
        if (series.Count == 0)
        {
            throw new CandlesUnavailableException(
                $"There are no candles of {ground.Market.Symbol} in that time from {source}; choose another time, or bring a CSV."
            );
        }

        var closes = await ClosesAsync(input.Data!, draft, ground, series, cancellationToken);
        var settings = new BacktestSettings
        {
            Closes = closes,
            Market = ground.Market,
            Fees = input.Fees?.Rates ?? ground.Fees,
            FeeSource = input.Fees is null ? ground.FeeSource : "stated by you",
            StartQuote = input.StartQuote ?? Start(draft, ground, series),
            StartBase = input.StartBase,
            Path = input.Path,
            FillsThrough = input.FillsThrough,
            Slippage = input.Slippage,
            VolumeShare = input.VolumeShare,
            CurveStep = ReportMath.CurveStep(series),
        };
        return new(settings, series, source, ground.Market);
    }

    private async Task<(CandleSeries Series, string Source)> SeriesAsync(
        Guid userId,
        BacktestData data,
        BotGround ground,
        Action<int, string> progress,
        CancellationToken cancellationToken
    )
    {
        var tick = TickDecimals(ground.Market);
        if (data.Source == CandleSource.Csv)
        {
            var kept = uploads.Read(userId, data.Upload!.Value);
            return (
                CandleSeries.Join([kept], kept.Interval, tick),
                string.Create(CultureInfo.InvariantCulture, $"CSV file {data.Upload:N}")
            );
        }

        var ask = Question(data, ground, CandleFeed.Intervals[data.Interval]);
        var series = await archive.ReadAsync(
            ask,
            tick,
            (done, all) =>
                progress(
                    all > 0 ? (int)(done * 100 / all) : 100,
                    string.Create(CultureInfo.InvariantCulture, $"Reading candles: {done:N0} of {all:N0}")
                ),
            cancellationToken
        );
        return (
            series,
            ask.Seed is { } known ? string.Create(CultureInfo.InvariantCulture, $"simulated prices, seed {known}") : ask.Exchange
        );
    }

    // Of each condition's own candles, as it is looked at while it trades; a file has none but its own.
    private async Task<IReadOnlyDictionary<TimeSpan, CandleCloses>> ClosesAsync(
        BacktestData data,
        BotDraft draft,
        BotGround ground,
        CandleSeries series,
        CancellationToken cancellationToken
    )
    {
        var closes = new Dictionary<TimeSpan, CandleCloses>();
        foreach (var size in draft.Dca is { } dca ? BacktestStarts.Sizes(dca) : [])
        {
            if (BacktestStarts.Problem(size, series.Interval) is { } problem)
            {
                throw new CandlesUnavailableException(problem);
            }

            if (data.Source == CandleSource.Csv)
            {
                closes.Add(size, CandleCloses.Of(size, series));
                continue;
            }

            var need = draft.Dca!.Conditions.SelectMany(g => g).Where(c => c.Size == size).Max(c => c.WarmUp) + 1;
            var from = Down(data.From!.Value, size) - (need * size);
            var ask = Question(data, ground, size) with { From = from, To = Down(data.To!.Value, size) };
            var past = await archive.ReadAsync(ask, TickDecimals(ground.Market), static (_, _) => { }, cancellationToken);
            closes.Add(size, CandleCloses.Of(size, past));
        }

        return closes;
    }

    private CandleQuestion Question(BacktestData data, BotGround ground, TimeSpan interval)
    {
        int? seed =
            data.Source == CandleSource.Simulated ? data.Seed
            : ground.Account.Exchange == ExchangeInfo.Paper ? paper.Value.Seed
            : null;
        return new(ground.Account.Exchange, ground.Market.Symbol, interval, data.From!.Value, data.To!.Value, seed);
    }

    private static decimal Start(BotDraft draft, BotGround ground, CandleSeries series)
    {
        if (draft.Investment is { } investment)
        {
            return investment;
        }

        if (draft.Recurring is { } recurring)
        {
            var (first, last) = (At(series.Candles[0]), At(series.Candles[^1]));
            return Math.Max(1, RecurringPreview.Times(recurring, first, last).Count) * recurring.Amount * 1.01m;
        }

        var context = new BotContext
        {
            Market = ground.Market,
            Fees = ground.Fees,
            Now = DateTime.UnixEpoch,
            Price = series.Candles[0].Open / CandleSeries.Unit(series.PriceDecimals),
        };
        return Math.Ceiling(DcaPreview.Of(draft.Dca!, context).FundsWorst * 1.01m * Cents) / Cents;
    }

    private static DateTime At(ScaledCandle candle) => DateTime.UnixEpoch.AddMilliseconds(candle.At);

    private static int TickDecimals(Market market) =>
        market.PriceIncrements.Finest is { } finest ? CandleSeries.Decimals([finest])
        : market.PriceIncrements.IncrementAt(1) is { } tick ? CandleSeries.Decimals([tick])
        : 0;

    private static DateTime Down(DateTime at, TimeSpan interval) =>
        DateTime.UnixEpoch.AddTicks((at - DateTime.UnixEpoch).Ticks / interval.Ticks * interval.Ticks);
}

/// <param name="Source">Of the candles, in words.</param>
public sealed record BacktestStage(BacktestSettings Settings, CandleSeries Series, string Source, Market Market);
