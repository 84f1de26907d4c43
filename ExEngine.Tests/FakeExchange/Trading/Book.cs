namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>A market: its price, what the world offers around it, and the orders that wait.</summary>
internal sealed class Book(FakeMarket market)
{
    private readonly decimal[][] _taken =
    [
        [],
        [],
    ];
    private FakeBook _settings = new();

    public FakeMarket Market { get; private set; } = market;
    public MarketRules Rules { get; private set; } = new(market);
    public decimal Last { get; private set; } = market.StartPrice;
    public decimal Bid => Last;
    public decimal Ask => Last + (_settings.SpreadTicks * Rules.Tick);
    public decimal BaseVolume { get; private set; }
    public decimal QuoteVolume { get; private set; }
    public Candles Candles { get; } = new();

    /// <summary>Orders that rest at their price, or wait for their stop price.</summary>
    public SortedSet<FakeOrder> Waiting { get; } = new(Comparer<FakeOrder>.Create((a, b) => a.Id.CompareTo(b.Id)));

    public FakeBook Settings => _settings;

    public void Change(FakeMarket market)
    {
        Market = market;
        Rules = new MarketRules(market);
    }

    /// <summary>A new price; what the world offers stands anew.</summary>
    public void Quote(decimal price, DateTimeOffset at)
    {
        Last = price;
        Refresh();
        Candles.Add(at, price);
    }

    public void Offer(FakeBook settings)
    {
        _settings = settings;
        Refresh();
    }

    /// <summary>What an order of this side can take, best first, no worse than <paramref name="limit"/>.</summary>
    public IEnumerable<(int Level, decimal Price, decimal Quantity)> Offers(FakeSide side, decimal? limit)
    {
        var levels = _settings.LevelQuantity is null ? 1 : _settings.Levels;
        for (var level = 0; level < levels; level++)
        {
            var price = side == FakeSide.BUY ? Ask + (level * Rules.Tick) : Bid - (level * Rules.Tick);
            if (price <= 0 || (limit is { } worst && (side == FakeSide.BUY ? price > worst : price < worst)))
            {
                yield break;
            }

            var left = (_settings.LevelQuantity ?? decimal.MaxValue) - Taken(side, level);
            if (left > 0)
            {
                yield return (level, price, left);
            }
        }
    }

    public void Take(FakeSide side, int level, decimal price, decimal quantity)
    {
        BaseVolume += quantity;
        QuoteVolume += price * quantity;
        if (_settings.LevelQuantity is null)
        {
            return;
        }

        var taken = _taken[(int)side];
        if (taken.Length <= level)
        {
            Array.Resize(ref taken, _settings.Levels);
            _taken[(int)side] = taken;
        }

        taken[level] += quantity;
    }

    public bool Reached(OrderRequest order)
    {
        var stop = order.StopPrice!.Value;
        var stops = order.Type is FakeOrderType.STOP_LOSS or FakeOrderType.STOP_LOSS_LIMIT;
        var rising = stops == (order.Side == FakeSide.BUY);
        return rising ? Last >= stop : Last <= stop;
    }

    private decimal Taken(FakeSide side, int level) => _taken[(int)side].Length > level ? _taken[(int)side][level] : 0;

    private void Refresh()
    {
        _taken[0] = [];
        _taken[1] = [];
    }
}
