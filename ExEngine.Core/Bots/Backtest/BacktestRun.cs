namespace ExEngine.Core.Bots.Backtest;

/// <summary>
/// One run over a series on one path inside candles. A candle in which no order is met, no price of interest is reached and no time has
/// come is passed over: the planner has said that it would change nothing.
/// </summary>
internal sealed class BacktestRun
{
    private const int MostTurns = 10_000;

    private readonly BacktestSettings _settings;
    private readonly CandleSeries _series;
    private readonly BacktestBot _bot;
    private readonly CandlePath _path;
    private readonly BacktestVenue _venue;
    private readonly decimal _unit;
    private readonly List<BacktestNote> _notes = [];
    private readonly List<BacktestPoint> _curve = [];
    private EquityTrack _track;
    private BotInterest _interest = BotInterest.Always;
    private long _below = long.MaxValue;
    private long _above = long.MinValue;
    private long _wake = long.MinValue;
    private long _price;
    private decimal _mostFunds;

    public BacktestRun(BacktestSettings settings, CandleSeries series, BacktestBot bot, CandlePath path)
    {
        (_settings, _series, _bot, _path) = (settings, series, bot, path);
        _unit = CandleSeries.Unit(series.PriceDecimals);
        _venue = new BacktestVenue(settings, _unit);
        _track = new EquityTrack(_unit, settings.StartQuote + (settings.StartBase * First / _unit));
    }

    private long First => _series.Count > 0 ? _series.Candles[0].Open : 0;

    /// <param name="progress">Told the share that is done, 0 to 1, about a hundred times.</param>
    public BacktestOutcome Run(Action<decimal>? progress, CancellationToken cancellationToken)
    {
        var candles = _series.Candles;
        var step = (long)_series.Interval.TotalMilliseconds;
        var tell = Math.Max(1024, candles.Length / 100);
        var curve = (long)_settings.CurveStep.TotalMilliseconds;
        var (next, point) = (0, candles.Length > 0 ? (candles[0].At / curve * curve) + curve : 0);
        for (var i = 0; i < candles.Length; i++)
        {
            if (i == next)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Invoke((decimal)i / candles.Length);
                next += tell;
            }

            ref readonly var candle = ref candles[i];
            if (candle.At >= point)
            {
                Point(point, candles[i - 1].Close);
                point = (candle.At / curve * curve) + curve;
            }

            if (!_settings.Skips || candle.Low <= _below || candle.High >= _above || candle.At + step > _wake)
            {
                Play(in candle, step);
            }

            _track.Close(candle.Close);
        }

        return Outcome(candles.Length > 0 ? candles[^1] : default);
    }

    private void Play(in ScaledCandle candle, long step)
    {
        _venue.VolumeLeft =
            candle.Volume > 0 && _settings.VolumeShare > 0
                ? candle.Volume / CandleSeries.Unit(_series.VolumeDecimals) * _settings.VolumeShare / 100
                : null;
        var highFirst = _path switch
        {
            CandlePath.OpenHighLowClose => true,
            CandlePath.NearestFirst => candle.High - candle.Open < candle.Open - candle.Low,
            _ => false,
        };
        var (second, third) = highFirst ? (candle.High, candle.Low) : (candle.Low, candle.High);
        At(candle.Open, candle.At);
        Walk(second, candle.At + (step / 4));
        Walk(third, candle.At + (step / 2));
        Walk(candle.Close, candle.At + (step * 3 / 4));
    }

    // From here to there, stopping where an order is met or a price of interest is reached.
    private void Walk(long to, long ms)
    {
        for (var turn = 0; turn < MostTurns && Stop(to) is { } stop; turn++)
        {
            At(stop, ms);
        }

        At(to, ms);
    }

    // A price of interest that is reached already is looked at again at the end of the way.
    private long? Stop(long to)
    {
        if (to < _price)
        {
            var order = _venue.HighestBuy < _price ? _venue.HighestBuy : long.MinValue;
            var wish = Units(_interest.Below, up: false) is { } below && below < _price ? below : long.MinValue;
            var stop = Math.Max(order, wish);
            return stop >= to ? stop : null;
        }
        else
        {
            var order = _venue.LowestSell > _price ? _venue.LowestSell : long.MaxValue;
            var wish = Units(_interest.Above, up: true) is { } above && above > _price ? above : long.MaxValue;
            var stop = Math.Min(order, wish);
            return to > _price && stop <= to ? stop : null;
        }
    }

    private void At(long price, long ms)
    {
        _price = price;
        var now = DateTime.UnixEpoch.AddMilliseconds(ms);
        var (money, coins) = (_venue.Cash - _venue.ThirdFees, _venue.Coins);
        _venue.Meet(price, now);
        var events = _venue.Take();
        if (events.Count == 0 && _settings.Skips && !_interest.Wants(price / _unit, now))
        {
            return;
        }

        for (var turn = 0; turn == 0 || events.Count > 0; turn++)
        {
            if (turn == MostTurns)
            {
                throw new InvalidOperationException($"The bot does not come to rest at {price / _unit} on {now:O}.");
            }

            Plan(price, now, events);
            events = _venue.Take();
        }

        if (coins != _venue.Coins || money != _venue.Cash - _venue.ThirdFees)
        {
            _track.Turn(money, coins);
            _mostFunds = Math.Max(_mostFunds, _settings.StartQuote - _venue.Cash);
        }

        Bounds();
    }

    private void Plan(long price, DateTime now, IReadOnlyList<BotEvent> events)
    {
        var context = new BotContext
        {
            Market = _settings.Market,
            Fees = _settings.Fees,
            Now = now,
            Grain = _series.Interval,
            Price = price / _unit,
            FreeQuote = _venue.FreeQuote,
            FreeBase = _venue.FreeBase,
            Equity = Equity(price),
        };
        (var actions, _interest) = _bot.Plan(context, events);
        foreach (var action in actions)
        {
            if (action is BotAction.Note note)
            {
                _notes.Add(new(now, note.Kind, note.Text));
            }
            else
            {
                _venue.Do(action, price, now);
            }
        }
    }

    private void Bounds()
    {
        _below = Math.Max(_venue.HighestBuy, Units(_interest.Below, up: false) ?? long.MinValue);
        _above = Math.Min(_venue.LowestSell, Units(_interest.Above, up: true) ?? long.MaxValue);
        _wake = _interest.At is { } at ? (long)Math.Floor((at - DateTime.UnixEpoch).TotalMilliseconds) : long.MaxValue;
    }

    private long? Units(decimal? price, bool up)
    {
        if (price is not { } value)
        {
            return null;
        }

        // Above all prices of a series there is nothing to tell apart.
        var units = value > long.MaxValue / _unit ? long.MaxValue : value * _unit;
        return (long)(up ? Math.Ceiling(units) : Math.Floor(units));
    }

    private decimal Equity(long price) => _venue.Cash - _venue.ThirdFees + (_venue.Coins * price / _unit);

    private void Point(long at, long price) => _curve.Add(new(DateTime.UnixEpoch.AddMilliseconds(at), Equity(price), price / _unit));

    private BacktestOutcome Outcome(in ScaledCandle last)
    {
        _track.Turn(_venue.Cash - _venue.ThirdFees, _venue.Coins);
        var equity = Equity(last.Close);
        var bought = _venue.Coins - _settings.StartBase;
        var exitFee = Math.Abs(bought) * last.Close / _unit * _settings.Fees.Taker(Markets.OrderSide.Sell);
        var start = _settings.StartQuote + (_settings.StartBase * First / _unit);
        return new()
        {
            Path = _path,
            StartEquity = start,
            Equity = equity - exitFee,
            Cash = _venue.Cash,
            Coins = _venue.Coins,
            Hold = First > 0 ? (start * last.Close / First) - start : 0,
            MaxDrawdown = _track.MaxDrawdown,
            MostFunds = _mostFunds,
            Fees = _venue.Fees,
            Deals = _bot.Deals,
            Fills = _venue.Fills,
            Curve = _curve,
            Notes = _notes,
            State = _bot.State,
        };
    }
}
