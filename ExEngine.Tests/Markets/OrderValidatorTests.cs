using System.Globalization;
using ExEngine.Core.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Markets;

public sealed class OrderValidatorTests
{
    private static readonly OrderDraft Native = new()
    {
        Side = OrderSide.Buy,
        Type = OrderType.Limit,
        Price = 60000.10m,
        Quantity = 0.001m,
        Cost = 60.0001m,
    };

    [Fact]
    public void NativeExample_BecomesATicketWithEveryCheckListed()
    {
        var verdict = OrderValidator.Check(Native, MarketsOf.BtcUsdt, null);

        verdict.Refusal.ShouldBeNull();
        verdict.Order!.Draft.ShouldBe(Native);
        verdict.Checks.ShouldAllBe(c => c.Passed && c.Nearest.Count == 0);
        verdict
            .Checks.Select(c => (c.Name, c.Asked, c.Limit))
            .ShouldBe([
                ("market active", "BTC/USDT", null),
                ("price tick", "60000.10", "0.01"),
                ("minimum price", "60000.10", "0.01"),
                ("maximum price", "60000.10", "1000000"),
                ("quantity step", "0.001", "0.00001"),
                ("minimum quantity", "0.001", "0.00001"),
                ("maximum quantity", "0.001", "9000"),
                ("minimum cost", "60.0001", "5"),
                ("maximum cost", "60.0001", "9000000"),
                ("amounts agree", "60.0001", "60.0001"),
            ]);
    }

    [Theory]
    [InlineData("60000.105", "0.01", "60000.10 60000.11")]
    [InlineData("60000.10000000000000000000001", "0.01", "60000.10 60000.11")]
    [InlineData("0.004", "0.01", "0.01")]
    [InlineData("1000000.001", "0.01", "1000000.00")]
    [InlineData("79228162514264337593543950335", "0.01", null)]
    [InlineData("60000.12", "0.05", "60000.10 60000.15")]
    [InlineData("60000.12", "0.25", "60000.00 60000.25")]
    [InlineData("60005", "10", "60000 60010")]
    [InlineData("0.000000015", "0.00000001", "0.01000000")]
    public void PriceOffTick_IsRefusedWithTheAllowedNeighbours(string price, string tick, string? nearest)
    {
        var market = MarketsOf.BtcUsdt with { PriceIncrements = Increments.Tick(Number(tick)) };

        var refusal = OrderValidator.Check(Native with { Price = Number(price), Cost = null }, market, null).Refusal;

        refusal.ShouldNotBeNull();
        if (nearest is null)
        {
            refusal.Code.ShouldBe(RefusalCodes.PriceTooHigh);
            refusal.Nearest.ShouldBe(["1000000.00"]);
            return;
        }

        refusal.Code.ShouldBe(RefusalCodes.PriceOffTick);
        refusal.Field.ShouldBe("price");
        refusal.Asked.ShouldBe(price);
        refusal.Limit.ShouldBe(tick);
        refusal.Nearest.ShouldBe(nearest.Split(' '));
    }

    [Fact]
    public void PriceOffTick_SaysWhatToSend() =>
        Refusal(d => d with { Price = 60000.105m })
            .Message.ShouldBe("The price 60000.105 is off the tick 0.01 of BTC/USDT; send 60000.10 or 60000.11.");

    [Theory]
    [InlineData("price", "0.00", RefusalCodes.PriceTooLow, "0.01", "0.01")]
    [InlineData("price", "-5", RefusalCodes.PriceTooLow, "0.01", "0.01")]
    [InlineData("price", "1000000.01", RefusalCodes.PriceTooHigh, "1000000", "1000000.00")]
    [InlineData("stopPrice", "1000000.01", RefusalCodes.PriceTooHigh, "1000000", "1000000.00")]
    [InlineData("stopPrice", "1.005", RefusalCodes.PriceOffTick, "0.01", "1.00 1.01")]
    [InlineData("quantity", "0.000011", RefusalCodes.QuantityOffStep, "0.00001", "0.00001 0.00002")]
    [InlineData("quantity", "0.000001", RefusalCodes.QuantityOffStep, "0.00001", "0.00001")]
    [InlineData("quantity", "0", RefusalCodes.QuantityTooLow, "0.00001", "0.00001")]
    [InlineData("quantity", "9000.00001", RefusalCodes.QuantityTooHigh, "9000", "9000.00000")]
    public void NumberOutsideTheRules_IsRefusedByField(string field, string asked, string code, string limit, string nearest)
    {
        var refusal = Refusal(d =>
            field switch
            {
                "price" => d with { Price = Number(asked) },
                "stopPrice" => d with { StopPrice = Number(asked) },
                _ => d with { Quantity = Number(asked) },
            }
        );

        refusal.Code.ShouldBe(code);
        refusal.Field.ShouldBe(field);
        refusal.Asked.ShouldBe(asked);
        refusal.Limit.ShouldBe(limit);
        refusal.Nearest.ShouldBe(nearest.Split(' '));
    }

    [Fact]
    public void MinimumOffTheStep_NearestIsTheFirstStepAboveIt()
    {
        var market = MarketsOf.BtcUsdt with { MinQuantity = 0.000015m };

        var refusal = OrderValidator.Check(Native with { Quantity = 0.00001m }, market, null).Refusal!;

        refusal.Code.ShouldBe(RefusalCodes.QuantityTooLow);
        refusal.Nearest.ShouldBe(["0.00002"]);
    }

    [Fact]
    public void CostOfPriceAndQuantityTooLow_NamesTheSmallestQuantityThatReachesIt()
    {
        var refusal = Refusal(d => d with { Quantity = 0.00008m, Cost = null });

        refusal.Code.ShouldBe(RefusalCodes.CostTooLow);
        refusal.Field.ShouldBe("cost");
        refusal.Asked.ShouldBe("4.800008");
        refusal.Limit.ShouldBe("5");
        refusal.Nearest.ShouldBe(["5.400009"]);
        refusal.Message.ShouldContain("0.00009 BTC");
    }

    [Fact]
    public void StatedCostTooLow_NearestIsTheMinimum()
    {
        var refusal = Refusal(d => d with { Quantity = null, Cost = 4.99m });

        refusal.Code.ShouldBe(RefusalCodes.CostTooLow);
        refusal.Asked.ShouldBe("4.99");
        refusal.Nearest.ShouldBe(["5"]);
    }

    [Fact]
    public void CostTooHigh_IsRefusedWithTheMaximum()
    {
        var refusal = Refusal(d => d with { Price = 60000m, Quantity = 151m, Cost = null });

        refusal.Code.ShouldBe(RefusalCodes.CostTooHigh);
        refusal.Asked.ShouldBe("9060000");
        refusal.Nearest.ShouldBe(["9000000"]);
    }

    [Theory]
    [InlineData("60000", "0.00008", true, "cost_too_low")]
    [InlineData("60000", "0.00009", true, null)]
    [InlineData("60000", "0.00008", false, null)]
    [InlineData("60000", "151", true, "cost_too_high")]
    [InlineData("60000", "150", true, null)]
    [InlineData("60000", "151", false, null)]
    public void MarketOrder_IsMeasuredAtTheReferencePrice_WhereTheExchangeMeasuresIt(
        string reference,
        string quantity,
        bool appliesToMarket,
        string? code
    )
    {
        var market = MarketsOf.BtcUsdt with
        {
            MaxMarketQuantity = null,
            MaxQuantity = null,
            MinNotionalAtMarket = appliesToMarket,
            MaxNotionalAtMarket = appliesToMarket,
        };
        var draft = new OrderDraft
        {
            Side = OrderSide.Buy,
            Type = OrderType.Market,
            Quantity = Number(quantity),
        };

        OrderValidator.Check(draft, market, Number(reference)).Refusal?.Code.ShouldBe(code);
        OrderValidator.Check(draft, market, Number(reference)).Order?.Draft.ShouldBe(code is null ? draft : null);
        OrderValidator.Check(draft, market, null).Refusal.ShouldBeNull("Nothing to measure it at.");
    }

    [Fact]
    public void FreshPrice_GoesBeforeTheOneThatTheSenderSaw()
    {
        var draft = new OrderDraft
        {
            Side = OrderSide.Buy,
            Type = OrderType.Market,
            Price = 1m,
            Quantity = 0.001m,
        };

        OrderValidator.Check(draft, MarketsOf.BtcUsdt, 60_000m).Refusal.ShouldBeNull();
        OrderValidator.Check(draft, MarketsOf.BtcUsdt, null).Refusal!.Code.ShouldBe(RefusalCodes.CostTooLow);
    }

    [Fact]
    public void Derivative_IsRefusedByTheSameCheck()
    {
        var verdict = OrderValidator.Check(Native with { Price = 1.005m }, MarketsOf.Swap("BTC", "USDT"), null);

        (verdict.Refusal!.Code, verdict.Refusal.Limit).ShouldBe((RefusalCodes.SpotOnly, "spot"));
        verdict.Order.ShouldBeNull();
    }

    [Fact]
    public void ProductOfFiftySixDigits_IsComparedExactly()
    {
        var market = MarketsOf.BtcUsdt with
        {
            PriceIncrements = Increments.Any,
            QuantityIncrements = Increments.Any,
            MaxNotional = 1m,
            MinNotional = null,
        };
        var refusal = OrderValidator
            .Check(
                Native with
                {
                    Price = 1.0000000000000000000000000001m,
                    Quantity = 1.0000000000000000000000000001m,
                    Cost = null,
                },
                market,
                null
            )
            .Refusal!;

        refusal.Code.ShouldBe(RefusalCodes.CostTooHigh);
        refusal.Asked.ShouldBe("1.00000000000000000000000000020000000000000000000000000001");
    }

    [Theory]
    [InlineData("60.0001", true)]
    [InlineData("60.000100000", true)]
    [InlineData("60.00", true)]
    [InlineData("60.000", true)]
    [InlineData("60.00009999999999", true)]
    [InlineData("60.000099999999996", true)]
    [InlineData("60", false)]
    [InlineData("60.0", false)]
    [InlineData("60.01", false)]
    [InlineData("60.0002", false)]
    [InlineData("59.99", false)]
    [InlineData("61", false)]
    public void ThreeAmounts_AgreeWhenTheCostIsTheProductOrItsRounding(string cost, bool agrees)
    {
        var verdict = OrderValidator.Check(Native with { Cost = Number(cost) }, MarketsOf.BtcUsdt, null);

        verdict.Refusal?.Code.ShouldBe(RefusalCodes.AmountsDisagree);
        (verdict.Order is not null).ShouldBe(agrees);
        if (!agrees)
        {
            verdict.Refusal!.Asked.ShouldBe(cost);
            verdict.Refusal.Limit.ShouldBe("60.0001");
            verdict.Refusal.Nearest.ShouldBe(["60.0001"]);
        }
    }

    [Fact]
    public void InactiveMarket_IsTheRefusalThoughNumbersAreWrongToo()
    {
        var verdict = OrderValidator.Check(Native with { Price = 1.005m }, MarketsOf.BtcUsdt with { Active = false }, null);

        verdict.Refusal!.Code.ShouldBe(RefusalCodes.MarketInactive);
        verdict.Checks.Count(c => !c.Passed).ShouldBeGreaterThan(1);
    }

    [Fact]
    public void MarketWithoutRules_AllowsWhatIsAboveZero()
    {
        var market = new Market
        {
            Exchange = "x",
            Symbol = "A/B",
            ExchangeSymbol = "AB",
            Base = "A",
            Quote = "B",
        };

        OrderValidator.Check(Native, market, null).Order.ShouldNotBeNull();
        OrderValidator.Check(Native with { Quantity = 0 }, market, null).Refusal!.Code.ShouldBe(RefusalCodes.QuantityTooLow);
    }

    [Fact]
    public void MarketOrder_KeepsToTheBoundsForMarketOrders()
    {
        var market = MarketsOf.BtcUsdt with { MaxMarketQuantity = 0.0005m };

        OrderValidator.Check(Native, market, null).Order.ShouldNotBeNull();
        var refusal = OrderValidator.Check(Native with { Type = OrderType.Market }, market, null).Refusal!;
        refusal.Code.ShouldBe(RefusalCodes.QuantityTooHigh);
        refusal.Nearest.ShouldBe(["0.00050"]);
    }

    [Fact]
    public void StopOrder_IsMeasuredAtItsStopPrice()
    {
        var draft = new OrderDraft
        {
            Side = OrderSide.Sell,
            Type = OrderType.Stop,
            StopPrice = 100m,
            Price = 60000m,
            Quantity = 0.001m,
        };

        OrderValidator.Check(draft, MarketsOf.BtcUsdt, null).Refusal!.Asked.ShouldBe("0.1");
    }

    [Fact]
    public void NothingStated_NeedsOnlyAnActiveMarket()
    {
        var verdict = OrderValidator.Check(new OrderDraft { Side = OrderSide.Buy, Type = OrderType.Market }, MarketsOf.BtcUsdt, null);

        verdict.Order.ShouldNotBeNull();
        verdict.Checks.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("7.9228162514264337593543950335")]
    [InlineData("-79228162514264337593543950335")]
    public void ExtremeNumbers_AreRefusedAndNeverThrow(string number)
    {
        var value = Number(number);
        foreach (
            var steps in new[]
            {
                Increments.Any,
                Increments.Tick(0.3m),
                Increments.Tick(value),
                Increments.Decimals(8),
                Increments.Decimals(-28),
                Increments.Digits(5),
            }
        )
        {
            var market = MarketsOf.BtcUsdt with { PriceIncrements = steps, QuantityIncrements = steps, MinPrice = null, MaxPrice = null };
            var verdict = OrderValidator.Check(
                Native with
                {
                    Price = value,
                    StopPrice = value,
                    Quantity = value,
                    Cost = value,
                },
                market,
                null
            );
            verdict.Order.ShouldBeNull();
            verdict.Refusal.ShouldNotBeNull();
            OrderRounding.Round(Native with { Price = value, Quantity = value, Cost = value }, market).ShouldNotBeNull();
        }
    }

    private static OrderRefusal Refusal(Func<OrderDraft, OrderDraft> change) =>
        OrderValidator.Check(change(Native), MarketsOf.BtcUsdt, null).Refusal.ShouldNotBeNull();

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
