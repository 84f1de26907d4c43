using System.Globalization;
using ExEngine.Core.Bots;
using ExEngine.Core.Markets;

namespace ExEngine.Tests.Bots;

/// <summary>
/// An exchange in memory that fills in parts, takes its time to cancel, and tells what happened late, doubled and in any order. Its own
/// figures are the truth that a bot's books are compared with.
/// </summary>
internal sealed class RandomExchange(Random random, FeeRates fees)
{
    private readonly List<Order> _live = [];
    private readonly List<BotEvent> _untold = [];
    private readonly List<BotEvent> _told = [];
    private readonly HashSet<BotOrderKey> _keys = [];
    private int _trades;

    public decimal Price { get; private set; } = 100;

    /// <summary>In quote and base: all that came in less all that went out.</summary>
    public decimal Money { get; private set; }
    public decimal Coins { get; private set; }
    public IReadOnlyList<Order> Live => _live;
    public bool IsQuiet => _untold.Count == 0 && !_live.Any(o => o.CancelAsked);

    public void Do(IEnumerable<BotAction> actions)
    {
        foreach (var action in actions)
        {
            if (action is BotAction.Place place)
            {
                if (!_keys.Add(place.Key))
                {
                    throw new InvalidOperationException($"{place.Key} was placed twice.");
                }

                var draft = place.Order.Draft;
                _live.Add(new Order(place.Key, draft.Side, draft.Type == OrderType.Market ? null : draft.Price, draft.Quantity!.Value));
            }
            else if (action is BotAction.Cancel cancel && _live.Find(o => o.Key == cancel.Key) is { } order)
            {
                order.CancelAsked = true;
            }
        }
    }

    /// <summary>One step of the price; orders that it meets are filled, or a part of them.</summary>
    public void Step(decimal to)
    {
        Price = to;
        foreach (var order in _live.Where(o => o.CancelAsked && random.Next(2) == 0).ToList())
        {
            _live.Remove(order);
            _untold.Add(new BotEvent.Ended(order.Key, BotOrderEnd.Canceled, order.Executed));
        }

        // The better price first, and nothing behind one that was filled in part.
        Fill(_live.Where(o => o.Side == OrderSide.Buy && !(o.Price < to)).OrderByDescending(o => o.Price ?? decimal.MaxValue));
        Fill(_live.Where(o => o.Side == OrderSide.Sell && !(o.Price > to)).OrderBy(o => o.Price ?? 0));
    }

    private void Fill(IEnumerable<Order> met)
    {
        foreach (var order in met.ToList())
        {
            Fill(order, order.Price is null || random.Next(3) == 0 ? Price : order.Price.Value);
            if (order.Remaining > 0)
            {
                return;
            }
        }
    }

    /// <summary>Some of what was not told yet, in any order, some of it for the second time.</summary>
    public BotEvent[] Tell(bool all = false)
    {
        var events = _untold.Where(_ => all || random.Next(3) > 0).ToList();
        _untold.RemoveAll(events.Contains);
        _told.AddRange(events);
        events.AddRange(_told.TakeLast(50).Where(e => e is BotEvent.Filled && random.Next(20) == 0).ToList());
        var shuffled = events.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    private void Fill(Order order, decimal price)
    {
        var left = order.Quantity - order.Executed;
        var part = random.Next(3) == 0 ? Math.Max(0.001m, decimal.Round(left * random.Next(1, 100) / 100, 3)) : left;
        part = Math.Min(part, left);
        order.Executed += part;
        var rate = order.Price is null ? fees.Taker(order.Side) : fees.Maker(order.Side);
        var (fee, asset) =
            fees.Coin == FeeCoin.Third ? (0.0001m * part, "BNB")
            : fees.Coin == FeeCoin.Base && order.Side == OrderSide.Buy ? (part * rate, "BTC")
            : (price * part * rate, "USDT");
        var sign = order.Side == OrderSide.Buy ? 1 : -1;
        Coins += (sign * part) - (asset == "BTC" ? fee : 0);
        Money -= (sign * price * part) + (asset == "USDT" ? fee : 0);
        _trades++;
        var id = _trades.ToString(CultureInfo.InvariantCulture);
        _untold.Add(new BotEvent.Filled(new BotFill(id, order.Key, order.Side, price, part, price * part, fee, asset, BotMarkets.Start)));
        if (order.Executed == order.Quantity)
        {
            _live.Remove(order);
            if (random.Next(2) == 0)
            {
                _untold.Add(new BotEvent.Ended(order.Key, BotOrderEnd.Filled, order.Executed));
            }
        }
    }

    internal sealed class Order(BotOrderKey key, OrderSide side, decimal? price, decimal quantity)
    {
        public BotOrderKey Key => key;
        public OrderSide Side => side;
        public decimal? Price => price;
        public decimal Quantity => quantity;
        public decimal Executed { get; set; }
        public bool CancelAsked { get; set; }
        public decimal Remaining => quantity - Executed;
    }
}
