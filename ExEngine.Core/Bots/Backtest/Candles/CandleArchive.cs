using System.Collections.Concurrent;
using System.Globalization;
using ExEngine.Core.Data;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Core.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Bots.Backtest.Candles;

/// <summary>
/// Past candles, asked for once and kept under the data directory in blocks of <see cref="BlockCandles"/>. A block whose end has not come
/// yet is completed from where it ends. Without a place to write, everything is asked for again. Thread-safe.
/// </summary>
public sealed class CandleArchive(CandleFeed feed, IOptions<DataOptions> data, TimeProvider time, ILogger<CandleArchive> log)
{
    public const int BlockCandles = 2_000;
    private const int Page = 500;
    private const int MostWaits = 20;
    private static readonly Backoff Retries = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(32));
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _locks = new(StringComparer.Ordinal);

    /// <param name="priceDecimals">At least so many: those of the tick.</param>
    /// <param name="progress">Told how many candles of how many are passed.</param>
    /// <exception cref="CandlesUnavailableException">The exchange does not give them.</exception>
    public async Task<CandleSeries> ReadAsync(
        CandleQuestion ask,
        int priceDecimals,
        Action<long, long> progress,
        CancellationToken cancellationToken
    )
    {
        var block = ask.Interval * BlockCandles;
        var blocks = new List<CandleSeries>();
        for (var from = Begin(ask.From, block); from < ask.To; from += block)
        {
            var to = from + block < ask.To ? from + block : ask.To;
            blocks.Add(await BlockAsync(ask, from, to, cancellationToken));
            progress(Math.Clamp((to - ask.From).Ticks / ask.Interval.Ticks, 0, ask.Count), ask.Count);
        }

        return CandleSeries.Join(blocks, ask.Interval, priceDecimals).Between(ask.From, ask.To);
    }

    private async Task<CandleSeries> BlockAsync(CandleQuestion ask, DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        var path = PathOf(ask, from);
        var gate = _locks.GetOrAdd(path, static _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            var known = Kept(path);
            var next = known is { Count: > 0 } ? At(known.Candles[^1]) + ask.Interval : from;
            if (next >= to)
            {
                return known!;
            }

            var more = await LoadAsync(ask, next, to, cancellationToken);
            var whole = known is null ? more : CandleSeries.Join([known, more], ask.Interval, 0);
            if (more.Count > 0)
            {
                Keep(path, whole);
            }

            return whole;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<CandleSeries> LoadAsync(CandleQuestion ask, DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        List<Candle> all = [];
        while (from < to)
        {
            var page = await PageAsync(ask, from, cancellationToken);
            var some = page.Where(c => c.At >= from && c.At < to).ToList();
            all.AddRange(some);

            // Nothing at all may be a time before the market was there: it begins later, or never.
            from = some.Count > 0 ? some[^1].At + ask.Interval : from + (Page * ask.Interval);
        }

        var prices = CandleSeries.Decimals(all.SelectMany(c => (decimal[])[c.Open, c.High, c.Low, c.Close]));
        var volumes = CandleSeries.Decimals(all.Select(c => c.Volume));
        return CandleSeries.Of(all, ask.Interval, prices, all.Count > 0 ? volumes : CandleSeries.MaxDecimals);
    }

    private async Task<IReadOnlyList<Candle>> PageAsync(CandleQuestion ask, DateTime from, CancellationToken cancellationToken)
    {
        if (ask.Seed is { } seed)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Up to the last price of the last candle: all of them are over.
            var last = from + (Page * ask.Interval) - SimulatedPrices.Step;
            return new SimulatedPrices(seed).Candles(ask.Symbol, ask.Interval, Page, last);
        }

        for (var waits = 0; ; waits++)
        {
            var answer = await feed.SinceAsync(ask.Exchange, ask.Symbol, ask.Interval, from, Page, cancellationToken);
            if (answer.IsDone)
            {
                return answer.Value!;
            }

            if (answer.Outcome == ExchangeOutcome.Refused || answer.Fault.Kind == FaultKind.NotSupported || waits >= MostWaits)
            {
                throw new CandlesUnavailableException($"{ask.Exchange} gives no candles of {ask.Symbol}: {answer.Fault.Message}");
            }

            var wait = answer.Fault.RetryAfter ?? Retries.ForAttempt(waits + 1);
            await Task.Delay(wait < LongestWait ? wait : LongestWait, time, cancellationToken);
        }
    }

    private CandleSeries? Kept(string path)
    {
        try
        {
            return File.Exists(path) ? CandleFile.Read(path) : null;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            log.LogWarning("Kept candles cannot be read and are asked for again: {Reason}", e.Message);
            return null;
        }
    }

    private void Keep(string path, CandleSeries series)
    {
        try
        {
            DataDirectory.Create(Path.GetDirectoryName(path)!);
            CandleFile.Write(path, series);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StartRefusedException)
        {
            log.LogWarning("Candles cannot be kept: {Reason}", e.Message);
        }
    }

    private string PathOf(CandleQuestion ask, DateTime from)
    {
        var exchange = ask.Seed is { } seed ? string.Create(CultureInfo.InvariantCulture, $"simulated-{seed}") : ask.Exchange;
        var symbol = string.Concat(ask.Symbol.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        var interval = string.Create(CultureInfo.InvariantCulture, $"{ask.Interval.TotalMinutes:0}m");
        var name = from.ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture) + ".candles";
        return Path.Combine(data.Value.Directory, "candles", exchange, symbol, interval, name);
    }

    private static DateTime Begin(DateTime at, TimeSpan block) =>
        DateTime.UnixEpoch.AddTicks((at - DateTime.UnixEpoch).Ticks / block.Ticks * block.Ticks);

    private static DateTime At(ScaledCandle candle) => DateTime.UnixEpoch.AddMilliseconds(candle.At);
}

/// <summary>The source does not give the candles; the message says why, for people.</summary>
public sealed class CandlesUnavailableException(string message) : Exception(message);
