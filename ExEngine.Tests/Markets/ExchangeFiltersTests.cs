using System.Globalization;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Markets;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.FakeExchange.Trading;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Markets;

/// <summary>What the validator lets through, an exchange's own filters do: they are checked there by fractions of whole numbers.</summary>
public sealed class ExchangeFiltersTests
{
    private static readonly int Cases = Need.Cases(50_000);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void RandomFiltersQuantitiesAndPrices_NothingThatPassesIsRefused(int seed)
    {
        var random = new Random(seed);
        var (passed, refused) = (0, new List<string>());
        for (var i = 0; i < Cases; i++)
        {
            var filters = Filters(random);
            var draft = Draft(random, filters);
            if (OrderValidator.Check(draft, Market(filters), null).Order is null)
            {
                continue;
            }

            passed++;
            if (Refusal(draft, filters) is { } filter)
            {
                refused.Add($"{draft} on {filters}: {filter}");
            }
        }

        refused.ShouldBeEmpty();
        passed.ShouldBeGreaterThan(Cases / 5);
    }

    private static string? Refusal(OrderDraft draft, FakeMarket filters)
    {
        var (side, type) = (
            draft.Side == OrderSide.Buy ? FakeSide.BUY : FakeSide.SELL,
            draft.Type switch
            {
                OrderType.Market => FakeOrderType.MARKET,
                OrderType.Limit => FakeOrderType.LIMIT,
                OrderType.Stop => FakeOrderType.STOP_LOSS,
                _ => FakeOrderType.STOP_LOSS_LIMIT,
            }
        );
        try
        {
            var request = new OrderRequest(filters.Id, side, type, "id")
            {
                Quantity = draft.Quantity,
                Price = draft.Type is OrderType.Limit or OrderType.StopLimit ? draft.Price : null,
                StopPrice = draft.StopPrice,
            };
            FakeExchange.Trading.Filters.Check(request, new MarketRules(filters), draft.Price ?? filters.StartPrice);
            return null;
        }
        catch (RefusedException e)
        {
            return e.Message;
        }
    }

    // As CCXT reads Binance's filters, and the gateway hands them on.
    private static Market Market(FakeMarket f) =>
        CcxtMarketParser
            .Parse(
                $$"""
                {"exchange":"binance","precisionMode":4,"items":[{"id":"{{f.Id}}","symbol":"{{f.Base}}/{{f.Quote}}","base":"{{f.Base}}","quote":"{{f.Quote}}",
                 "type":"spot","active":true,"precision":{"price":"{{f.Tick}}","amount":"{{f.Step}}"},"limits":{
                 "price":{"min":"{{f.MinPrice}}","max":"{{f.MaxPrice}}"},"amount":{"min":"{{f.MinQuantity}}","max":"{{f.MaxQuantity}}"},
                 "cost":{"min":"{{f.MinNotional}}","max":"{{f.MaxNotional}}"},"market":{"min":"{{f.MinMarketQuantity}}","max":"{{f.MaxMarketQuantity}}"} } }]}
                """
            )
            .Markets.Single();

    private static FakeMarket Filters(Random random)
    {
        var (tick, step) = (Step(random), Step(random));
        return new FakeMarket("AAA", "USDT", Text(tick), Text(step))
        {
            MinPrice = Text(tick * random.Next(0, 20)),
            MaxPrice = random.Next(4) == 0 ? "0.00000000" : Text(tick * random.Next(1_000, 100_000_000)),
            MinQuantity = Text(step * random.Next(1, 20)),
            MaxQuantity = Text(step * random.Next(1_000, 100_000_000)),
            MinMarketQuantity = random.Next(2) == 0 ? "0.00000000" : Text(step * random.Next(1, 200)),
            MaxMarketQuantity = Text(step * random.Next(1_000, 10_000_000)),
            MinNotional = Text(tick * step * random.Next(1, 10_000)),
            MaxNotional = Text(tick * step * random.NextInt64(1_000_000_000, 10_000_000_000_000)),
            StartPrice = tick * random.Next(1_000, 10_000),
        };
    }

    // On the step three times in four, and then at the limits of what is allowed as often as between them.
    private static OrderDraft Draft(Random random, FakeMarket filters)
    {
        var (tick, step) = (Decimals.Parse(filters.Tick), Decimals.Parse(filters.Step));
        var type = (OrderType)random.Next(4);
        var price = Near(random, tick, Decimals.Parse(filters.MinPrice), Decimals.Parse(filters.MaxPrice));
        return new OrderDraft
        {
            Side = (OrderSide)random.Next(2),
            Type = type,
            Price = type == OrderType.Stop ? null : price,
            StopPrice = type is OrderType.Stop or OrderType.StopLimit
                ? Near(random, tick, Decimals.Parse(filters.MinPrice), Decimals.Parse(filters.MaxPrice))
                : null,
            Quantity = Near(random, step, Decimals.Parse(filters.MinQuantity), Decimals.Parse(filters.MaxQuantity)),
        };
    }

    private static decimal Near(Random random, decimal step, decimal min, decimal max)
    {
        var value = random.Next(8) switch
        {
            0 => min,
            1 => max,
            2 => min + (step * random.Next(-3, 4)),
            3 => max + (step * random.Next(-3, 4)),
            _ => step * random.Next(1, 100_000),
        };
        return random.Next(4) == 0 ? value + (step / random.Next(2, 9)) : value;
    }

    private static decimal Step(Random random)
    {
        decimal[] digits = [1, 1, 1, 5, 25, 3];
        var step = digits[random.Next(digits.Length)];
        for (var places = random.Next(0, 9); places > 0; places--)
        {
            step /= 10;
        }

        return step;
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
