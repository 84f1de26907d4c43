using System.Globalization;
using System.Text.Json;
using ExEngine.Core.Text;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.FakeExchange.Suite;

/// <summary>The ledger is the truth: what it says and what the accounts hold agree to the last digit.</summary>
[NeedsServer]
public sealed class LedgerTests(FakeExchangeFixture fixture) : IClassFixture<FakeExchangeFixture>
{
    [Theory]
    [InlineData(FakeCommissionAsset.Received, 1)]
    [InlineData(FakeCommissionAsset.Base, 2)]
    [InlineData(FakeCommissionAsset.Quote, 3)]
    [InlineData(FakeCommissionAsset.Bnb, 4)]
    public async Task RandomTrading_ConservesEveryAsset(FakeCommissionAsset commission, int seed)
    {
        var random = new Random(seed);
        var market = await fixture.MarketAsync();
        var customer = await fixture.CustomerAsync(
            market,
            commission: new FakeCommission
            {
                Maker = 0.00075m,
                Taker = 0.00111m,
                In = commission,
            }
        );
        await fixture.Exchange.DepositAsync(customer.Key.Account, new Dictionary<string, decimal> { ["BNB"] = 0.01m });
        using var client = new SignedClient(fixture.Exchange.Address, customer.Key);
        for (var i = 0; i < 150; i++)
        {
            await StepAsync(client, market, random);
        }

        var held = await customer.BalancesAsync();
        var ledger = await customer.LedgerAsync();

        ledger.Fills.Count.ShouldBeGreaterThan(30);
        ledger.Fills.Select(f => f.Maker).Distinct().Count().ShouldBe(2);
        ledger.Fills.Select(f => f.TradeId).ShouldBeUnique();
        ledger
            .Fills.Select(f => f.CommissionAsset)
            .ShouldContain(
                commission switch
                {
                    FakeCommissionAsset.Bnb => "BNB",
                    FakeCommissionAsset.Quote => "USDT",
                    _ => market.Base,
                }
            );
        held.ToDictionary(h => h.Key, h => h.Value.Total).ShouldBe(ledger.Holdings(customer.Key.Account), ignoreOrder: true);
        held.Values.ShouldAllBe(h => h.Free >= 0 && h.Locked >= 0);
        Locked(ledger).ShouldBe((held["USDT"].Locked, held[market.Base].Locked));
        foreach (var fill in ledger.Fills)
        {
            fill.QuoteQuantity.ShouldBe(fill.Price * fill.Quantity);
        }
    }

    [Fact]
    public async Task LedgerInAFile_SurvivesTheExchange()
    {
        using var directory = new TempDirectory();
        var file = directory["ledger.jsonl"];
        var exchange = await FakeExchangeProcess.StartAsync("--ledger", file);
        var key = await exchange.CreateAccountAsync(new Dictionary<string, decimal> { ["USDT"] = 1_000 });
        using (var client = new SignedClient(exchange.Address, key))
        {
            (await client.OrderAsync("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&newClientOrderId=kept")).ShouldBeNull();
        }

        exchange.Kill();
        await exchange.DisposeAsync();

        var lines = (await File.ReadAllLinesAsync(file))
            .Select(l => JsonSerializer.Deserialize<LedgerEntry>(l, ExactJson.Options)!)
            .ToList();
        lines.Select(l => l.Kind).ShouldBe([LedgerKind.Deposit, LedgerKind.Order, LedgerKind.Fill, LedgerKind.Request]);
        lines[2].ClientOrderId.ShouldBe("kept");
    }

    private async Task StepAsync(SignedClient client, FakeMarket market, Random random)
    {
        var side = random.Next(2) == 0 ? "BUY" : "SELL";
        var quantity = Text(random.Next(600, 40_000) / 10_000m);
        var price = Text(random.Next(9_500, 10_500) / 100m);
        await (
            random.Next(8) switch
            {
                0 => fixture.Exchange.SetPriceAsync(market.Id, random.Next(9_500, 10_500) / 100m),
                1 => fixture.Exchange.SetBookAsync(
                    market.Id,
                    new FakeBook
                    {
                        LevelQuantity = random.Next(1, 50) / 10m,
                        Levels = random.Next(1, 5),
                        SpreadTicks = random.Next(5),
                    }
                ),
                2 => client.SendAsync(HttpMethod.Delete, "/api/v3/openOrders", $"symbol={market.Id}"),
                3 => client.OrderAsync($"symbol={market.Id}&side={side}&type=MARKET&quantity={quantity}"),
                4 => client.OrderAsync($"symbol={market.Id}&side={side}&type=MARKET&quoteOrderQty={price}"),
                5 => client.OrderAsync($"symbol={market.Id}&side={side}&type=STOP_LOSS&quantity={quantity}&stopPrice={price}"),
                _ => client.OrderAsync($"symbol={market.Id}&side={side}&type=LIMIT&timeInForce=GTC&quantity={quantity}&price={price}"),
            }
        );
    }

    // What the open orders must have locked: quote for buys, base for sells.
    private static (decimal Quote, decimal Base) Locked(FakeLedger ledger)
    {
        var over = ledger.Cancels.Concat(ledger.Expiries).Select(e => e.OrderId).ToHashSet();
        var open = ledger
            .Orders.Where(o => !over.Contains(o.OrderId))
            .Select(o =>
                (
                    o.Side,
                    Price: o.Price ?? o.StopPrice ?? 0,
                    Left: o.Quantity!.Value - ledger.Fills.Where(f => f.OrderId == o.OrderId).Sum(f => f.Quantity!.Value)
                )
            )
            .ToList();
        return (open.Where(o => o.Side == "BUY").Sum(o => o.Price * o.Left), open.Where(o => o.Side == "SELL").Sum(o => o.Left));
    }

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
