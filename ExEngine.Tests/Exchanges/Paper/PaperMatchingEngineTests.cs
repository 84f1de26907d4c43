using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Core.Markets;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Paper;

/// <summary>Whatever is ordered and wherever the price goes: nothing is made, nothing is lost, nobody overdraws.</summary>
public sealed class PaperMatchingEngineTests
{
    private static readonly DateTime Start = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private static readonly PaperBalancePair Rich = new(10m, 0, 1_000m, 0);

    private static readonly Gen<decimal> Prices = Gen.Choose(9_000, 11_000).Select(cents => cents / 100m);

    private static readonly Gen<PaperQuote> Quotes =
        from bid in Prices
        from spread in Gen.Choose(0, 20)
        from last in Gen.Choose(0, spread)
        select new PaperQuote(bid + (last / 100m), bid, bid + (spread / 100m));

    private static readonly Gen<PaperTerms> Terms =
        from maker in Gen.Elements(0m, 0.00075m, 0.001m, 0.0033m)
        from taker in Gen.Elements(0m, 0.001m, 0.00101m, 0.01m)
        from asset in Gen.Elements(PaperFeeAsset.Received, PaperFeeAsset.Base, PaperFeeAsset.Quote)
        from liquidity in Gen.Elements<decimal?>(null, 0.001m, 7m, 33.33m, 250m)
        from step in Gen.Elements(0.0001m, 0.001m, 0.25m)
        select new PaperTerms(Increments.Tick(step), maker, taker, asset, liquidity);

    private static readonly Gen<PaperOrder> Orders =
        from side in Gen.Elements(OrderSide.Buy, OrderSide.Sell)
        from type in Gen.Elements(OrderType.Market, OrderType.Limit, OrderType.Limit, OrderType.Stop, OrderType.StopLimit)
        from time in Gen.Elements(Enum.GetValues<TimeInForce>())
        from quantity in Gen.Choose(1, 60_000)
        from price in Prices
        from stop in Prices
        select new PaperOrder
        {
            ClientId = "",
            Exchange = "x",
            Symbol = "T/USDT",
            Base = "T",
            Quote = "USDT",
            Side = side,
            Type = type,
            TimeInForce = time,
            Quantity = quantity / 10_000m,
            Price = type is OrderType.Limit or OrderType.StopLimit ? price : null,
            StopPrice = type is OrderType.Stop or OrderType.StopLimit ? stop : null,
            ExpiresAt = time == TimeInForce.Day ? Start.AddSeconds(40) : null,
        };

    /// <summary>A new order (or none, for a plain change of price), a price, and which open order is cancelled, if any.</summary>
    private static readonly Gen<(PaperOrder? Order, PaperQuote Quote, int Cancel)> Courses =
        from order in Orders
        from isNew in Gen.Choose(0, 2)
        from quote in Quotes
        from cancel in Gen.Choose(0, 15)
        select (isNew == 0 ? order : null, quote, cancel);

    [Fact]
    public void AnyCourseOfTrading_KeepsTheBooks()
    {
        var (fills, refused, triggered, expired) = (0, 0, 0, 0);
        var courses = from terms in Terms from steps in Courses.ListOf(60) select (terms, steps);
        Prop.ForAll(
                Arb.From(courses),
                course =>
                {
                    var ledger = new Course(course.terms);
                    foreach (var (order, quote, cancel) in course.steps)
                    {
                        ledger.Next(order, quote, cancel);
                        ledger.Check();
                    }

                    fills += ledger.Fills;
                    refused += ledger.Refused;
                    triggered += ledger.All.Count(o => o.TriggeredAt is not null);
                    expired += ledger.All.Count(o => o.Status == ExchangeOrderStatus.Expired);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

        // All of it was met often enough to mean something.
        new[] { fills, refused, triggered, expired }.ShouldAllBe(count => count > 1_000);
    }

    [Theory]
    [InlineData(TimeInForce.GoodTillCancelled, ExchangeOrderStatus.Open)]
    [InlineData(TimeInForce.Day, ExchangeOrderStatus.Open)]
    [InlineData(TimeInForce.ImmediateOrCancel, ExchangeOrderStatus.Expired)]
    [InlineData(TimeInForce.FillOrKill, ExchangeOrderStatus.Expired)]
    public void LimitAwayFromThePrice_RestsOrEndsAsItsTimeInForceSays(TimeInForce time, ExchangeOrderStatus status)
    {
        var order = Limit(OrderSide.Buy, 1m, 90m) with { TimeInForce = time };

        var outcome = PaperMatchingEngine.Accept(order, Rich, new PaperQuote(100, 100, 100), Plain);

        outcome.Order.Status.ShouldBe(status);
        outcome.Balances.QuoteUsed.ShouldBe(status == ExchangeOrderStatus.Open ? 90m : 0);
    }

    [Fact]
    public void DayOrder_EndsWithItsDay()
    {
        var order = PaperMatchingEngine.Accept(
            Limit(OrderSide.Buy, 1m, 90m) with
            {
                ExpiresAt = Start,
            },
            Rich,
            new PaperQuote(100, 100, 100),
            Plain
        );

        var before = PaperMatchingEngine.Tick(order.Order, order.Balances, new PaperQuote(95, 95, 95), Plain, Start.AddTicks(-1));
        var after = PaperMatchingEngine.Tick(order.Order, order.Balances, new PaperQuote(80, 80, 80), Plain, Start);

        before.Order.Status.ShouldBe(ExchangeOrderStatus.Open);
        (after.Order.Status, after.Fill, after.Balances).ShouldBe((ExchangeOrderStatus.Expired, null, Rich));
    }

    [Fact]
    public void StopBuyThatTriggersFarAboveItsStop_BuysWhatTheMoneyReachesFor()
    {
        var poor = new PaperBalancePair(0, 0, 100m, 0);
        var stop = Limit(OrderSide.Buy, 1m, 0) with { Type = OrderType.Stop, Price = null, StopPrice = 100m };
        var waiting = PaperMatchingEngine.Accept(stop, poor, new PaperQuote(90, 90, 90), Plain);

        var outcome = PaperMatchingEngine.Tick(waiting.Order, waiting.Balances, new PaperQuote(120, 120, 120), Plain, Start);

        (outcome.Order.Status, outcome.Order.FilledQuantity).ShouldBe((ExchangeOrderStatus.Expired, 0.8333m));
        outcome.Balances.QuoteFree.ShouldBe(100m - (0.8333m * 120m));
    }

    private static PaperTerms Plain { get; } = new(Increments.Tick(0.0001m), 0.001m, 0.001m, PaperFeeAsset.Received, null);

    private static PaperOrder Limit(OrderSide side, decimal quantity, decimal price) =>
        new()
        {
            ClientId = "",
            Exchange = "x",
            Symbol = "T/USDT",
            Base = "T",
            Quote = "USDT",
            Side = side,
            Type = OrderType.Limit,
            Quantity = quantity,
            Price = price,
            Status = ExchangeOrderStatus.Open,
        };

    /// <summary>Keeps a second set of books beside the paper book's, and compares.</summary>
    private sealed class Course(PaperTerms terms)
    {
        private readonly List<PaperOrder> _orders = [];
        private PaperBalancePair _balances = Rich;
        private decimal _base = Rich.BaseFree;
        private decimal _quote = Rich.QuoteFree;
        private DateTime _now = Start;

        public int Fills { get; private set; }
        public int Refused { get; private set; }
        public IReadOnlyList<PaperOrder> All => _orders;

        public void Next(PaperOrder? order, PaperQuote quote, int cancel)
        {
            _now = _now.AddSeconds(1);
            for (var i = 0; i < _orders.Count; i++)
            {
                if (_orders[i].IsOpen)
                {
                    var touched = PaperMatchingEngine.Touches(_orders[i], quote, _now);
                    var outcome = PaperMatchingEngine.Tick(_orders[i], _balances, quote, terms, _now);
                    (outcome.Order == _orders[i]).ShouldBe(
                        !touched || (outcome.Fill is null && outcome.Order.IsOpen && !IsTriggered(outcome.Order, _orders[i]))
                    );
                    Book(outcome, quote);
                    _orders[i] = outcome.Order;
                }
            }

            if (cancel < _orders.Count && _orders[cancel].IsOpen)
            {
                var outcome = PaperMatchingEngine.Cancel(_orders[cancel], _balances);
                Book(outcome, quote);
                _orders[cancel] = outcome.Order;
            }

            if (order is not null)
            {
                Accept(order with { Quantity = terms.QuantityIncrements.Down(order.Quantity) + terms.QuantityIncrements.Size }, quote);
            }
        }

        public void Check()
        {
            new[] { _balances.BaseFree, _balances.BaseUsed, _balances.QuoteFree, _balances.QuoteUsed }
                .Min()
                .ShouldBeGreaterThanOrEqualTo(0);
            (_balances.BaseFree + _balances.BaseUsed).ShouldBe(_base);
            (_balances.QuoteFree + _balances.QuoteUsed).ShouldBe(_quote);
            _balances.QuoteUsed.ShouldBe(_orders.Where(o => o.Side == OrderSide.Buy).Sum(o => o.Locked));
            _balances.BaseUsed.ShouldBe(_orders.Where(o => o.Side == OrderSide.Sell).Sum(o => o.Locked));
            _orders.Find(o => !o.IsOpen && o.Locked != 0).ShouldBeNull();
            _orders
                .Find(o => o.FilledQuantity > o.Quantity || (o.Status == ExchangeOrderStatus.Filled) != (o.Remaining == 0))
                .ShouldBeNull();
        }

        private void Accept(PaperOrder order, PaperQuote quote)
        {
            var before = _balances;
            var outcome = PaperMatchingEngine.Accept(order with { Status = ExchangeOrderStatus.Open }, _balances, quote, terms);
            if (outcome.Refusal is not null)
            {
                Refused++;
                outcome.Balances.ShouldBe(before);
                return;
            }

            Book(outcome, quote);
            _orders.Add(outcome.Order);
        }

        private void Book(PaperOutcome outcome, PaperQuote quote)
        {
            _balances = outcome.Balances;
            if (outcome.Fill is not { } fill)
            {
                return;
            }

            Fills++;
            var order = outcome.Order;
            var sign = order.Side == OrderSide.Buy ? 1 : -1;
            _base += (sign * fill.Quantity) - (fill.FeeInBase ? fill.Fee : 0);
            _quote -= (sign * fill.Cost) + (fill.FeeInBase ? 0 : fill.Fee);
            fill.Cost.ShouldBe(fill.Price * fill.Quantity);
            fill.Quantity.ShouldBeGreaterThan(0);
            terms.QuantityIncrements.Contains(fill.Quantity).ShouldBeTrue();
            (fill.Quantity * fill.Price).ShouldBeLessThanOrEqualTo(terms.Liquidity ?? decimal.MaxValue);

            // Never worse than its limit, and at the market's price for whoever came to it.
            (sign * fill.Price).ShouldBeLessThanOrEqualTo(sign * (order.Price ?? fill.Price));
            fill.Price.ShouldBe(
                fill.IsMaker ? order.Price!.Value
                : sign > 0 ? quote.Ask
                : quote.Bid
            );
            (order.StopPrice is null || order.TriggeredAt is not null).ShouldBeTrue();
        }

        private static bool IsTriggered(PaperOrder after, PaperOrder before) => after.TriggeredAt != before.TriggeredAt;
    }
}
