using ExEngine.Tests.Markets;

namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>Binance's symbol filters, checked by an arithmetic that never rounds.</summary>
internal static class Filters
{
    public const int MostOpenOrders = 200;
    public const int MostOpenStops = 5;

    /// <param name="last">For orders without a price of their own.</param>
    /// <exception cref="RefusedException">The name of the first filter that does not let it pass.</exception>
    public static void Check(OrderRequest request, MarketRules rules, decimal last)
    {
        CheckPrice(request.Price, rules, last);
        CheckPrice(request.StopPrice, rules, last: 0);
        if (request.Quantity is { } quantity)
        {
            CheckQuantity("LOT_SIZE", quantity, rules.MinQuantity, rules.MaxQuantity, rules.Step);
            if (request.IsMarket)
            {
                CheckQuantity("MARKET_LOT_SIZE", quantity, rules.MinMarketQuantity, rules.MaxMarketQuantity, rules.MarketStep);
            }

            CheckNotional(Rational.Of(request.Price ?? request.StopPrice ?? last), Rational.Of(quantity), request.IsMarket, rules);
        }
        else
        {
            CheckNotional(Rational.Of(request.QuoteQuantity!.Value), Rational.Of(1m), request.IsMarket, rules);
        }
    }

    /// <exception cref="RefusedException">The account has as many orders open on the symbol as it may.</exception>
    public static void CheckNumber(FakeAccount account, OrderRequest request)
    {
        var open = account.Open.Where(o => o.Request.Symbol == request.Symbol).ToList();
        if (!request.IsMarket || request.IsConditional)
        {
            Require(open.Count < MostOpenOrders, "MAX_NUM_ORDERS");
        }

        if (request.IsConditional)
        {
            Require(open.Count(o => o.Request.IsConditional) < MostOpenStops, "MAX_NUM_ALGO_ORDERS");
        }

        static void Require(bool holds, string filter)
        {
            if (!holds)
            {
                throw RefusedException.Rejected($"Filter failure: {filter}");
            }
        }
    }

    private static void CheckPrice(decimal? price, MarketRules rules, decimal last)
    {
        if (price is not { } value)
        {
            return;
        }

        Require(!(value < rules.MinPrice) && !(rules.MaxPrice > 0 && value > rules.MaxPrice) && Fits(value, rules.Tick), "PRICE_FILTER");
        if (rules.PriceFactor > 0 && last > 0)
        {
            Require(value <= last * rules.PriceFactor && value >= last / rules.PriceFactor, "PERCENT_PRICE_BY_SIDE");
        }
    }

    private static void CheckQuantity(string filter, decimal quantity, decimal min, decimal max, decimal step) =>
        Require(quantity >= min && (max == 0 || quantity <= max) && Fits(quantity, step), filter);

    private static void CheckNotional(Rational price, Rational quantity, bool isMarket, MarketRules rules)
    {
        var notional = new Rational(price.Numerator * quantity.Numerator, price.Denominator * quantity.Denominator);
        Require(notional >= Rational.Of(rules.MinNotional), rules.NotionalFilter);
        Require(isMarket || rules.MaxNotional == 0 || notional <= Rational.Of(rules.MaxNotional), rules.NotionalFilter);
    }

    private static bool Fits(decimal value, decimal step)
    {
        if (step == 0)
        {
            return true;
        }

        var (whole, part) = (Rational.Of(value), Rational.Of(step));
        return (whole.Numerator * part.Denominator % (whole.Denominator * part.Numerator)).IsZero;
    }

    private static void Require(bool holds, string filter)
    {
        if (!holds)
        {
            throw RefusedException.Filter(filter);
        }
    }
}
