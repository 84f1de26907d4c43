using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.FakeExchange.Suite;

/// <summary>What CCXT makes of each fault, and what the ledger knows of it.</summary>
[NeedsServer]
public sealed class FaultsTests(FakeExchangeFixture fixture) : IClassFixture<FakeExchangeFixture>
{
    private FakeExchangeProcess Exchange => fixture.Exchange;

    [Theory]
    [InlineData(FaultKind.Reset, "NetworkError")]
    [InlineData(FaultKind.ServerError, "ExchangeNotAvailable")]
    [InlineData(FaultKind.Unexpected1006, "OperationFailed")]
    [InlineData(FaultKind.Timeout1007, "RequestTimeout")]
    [InlineData(FaultKind.HtmlPage, "TypeError")] // CCXT takes the page for an order
    [InlineData(FaultKind.TruncatedJson, "TypeError")]
    [InlineData(FaultKind.CutOff, "NetworkError", "Error", "SocketError")] // as far as the answer was read by then
    [InlineData(FaultKind.NoAnswer, "RequestTimeout")]
    public async Task FaultyPlacing_TellsNothingOfWhatTheLedgerKnows(FaultKind kind, params string[] errors)
    {
        var customer = await fixture.CustomerAsync(await fixture.MarketAsync());
        await customer.CallAsync("loadMarkets");
        foreach (var executed in new[] { true, false })
        {
            var id = $"{kind}-{executed}";
            await Exchange.FaultAsync(new FakeFault(kind, executed, FaultOn.Place));

            var answer = await customer.TryOrderAsync("market", "buy", "1", id: id);

            answer.Error.ShouldBeOneOf(errors);
            var ledger = (await customer.LedgerAsync()).OfClientOrder(id);
            ledger.Fills.Count.ShouldBe(executed ? 1 : 0);
            var placing = ledger.Placings.ShouldHaveSingleItem();
            (placing.Executed, placing.Fault).ShouldBe((executed, kind.ToString()));
            (await customer.TryFindAsync(id)).Error.ShouldBe(executed ? null : "OrderNotFound");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delay_HoldsTheAnswer_AndTheEffectWhenItIsNotExecutedFirst(bool executed)
    {
        var customer = await fixture.CustomerAsync(await fixture.MarketAsync());
        await customer.CallAsync("loadMarkets");
        await Exchange.FaultAsync(new FakeFault(FaultKind.Delay, executed, FaultOn.Place) { Milliseconds = 400 });

        var order = await customer.OrderAsync("market", "buy", "1", id: "slow");

        order["status"]!.ToString().ShouldBe("closed");
        var ledger = await customer.LedgerAsync();
        var between = ledger.Orders.Single().At - ledger.Placings.Single().ArrivedAt!.Value;

        // A timer and the clock do not round alike.
        (between >= TimeSpan.FromMilliseconds(390)).ShouldBe(!executed);
    }

    [Fact]
    public async Task DelayBeyondTheWindow_IsRefusedWhenItsTurnComes()
    {
        var customer = await fixture.CustomerAsync(await fixture.MarketAsync());
        await customer.CallAsync("loadMarkets");
        await Exchange.FaultAsync(new FakeFault(FaultKind.Delay, false, FaultOn.Place) { Milliseconds = 600 });

        var answer = await customer.TryOrderAsync("market", "buy", "1", more: new JsonObject { ["recvWindow"] = 300 });

        answer.Message.ShouldContain("-1021");
        (await customer.LedgerAsync()).Orders.ShouldBeEmpty();
    }

    [Fact]
    public async Task AnswerTwice_LeavesASecondAnswerOnTheConnection()
    {
        await Exchange.FaultAsync(new FakeFault(FaultKind.AnswerTwice, true, FaultOn.Public));
        var address = new Uri(Exchange.Address);
        using var connection = new TcpClient(address.Host, address.Port);
        using var stream = connection.GetStream();
        using var reader = new StreamReader(stream);
        await stream.WriteAsync("GET /api/v3/time HTTP/1.1\r\nHost: fake\r\n\r\n"u8.ToArray());

        var text = new StringBuilder();
        var buffer = new char[1_024];
        while (Regex.Count(text.ToString(), "\"serverTime\":[0-9]+}") < 2)
        {
            text.Append(buffer, 0, await reader.ReadAsync(buffer));
        }

        Regex.Count(text.ToString(), "HTTP/1.1 200 OK").ShouldBe(2);
    }

    [Fact]
    public async Task DoubledItems_ListEachTradeTwiceUnderItsOneId()
    {
        var customer = await fixture.CustomerAsync(await fixture.MarketAsync());
        await customer.OrderAsync("market", "buy", "1");
        await Exchange.FaultAsync(new FakeFault(FaultKind.DoubledItems, true, FaultOn.Query));

        var trades = (await customer.CallAsync("fetchMyTrades", customer.Symbol)).AsArray();

        trades.Count.ShouldBe(2);
        trades.Select(t => t!["id"]!.ToString()).Distinct().Count().ShouldBe(1);
        (await customer.CallAsync("fetchMyTrades", customer.Symbol)).AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Fault_MeetsOnlyTheRequestsItIsFor()
    {
        var customer = await fixture.CustomerAsync(await fixture.MarketAsync());
        await customer.CallAsync("loadMarkets");
        await Exchange.FaultAsync(new FakeFault(FaultKind.ServerError, false, FaultOn.Cancel) { Next = 2 });
        await Exchange.FaultAsync(new FakeFault(FaultKind.ServerError, false) { ClientOrderId = "marked" });

        await customer.OrderAsync("limit", "buy", "1", "90", id: "open");
        await customer.FindAsync("open");
        (await customer.TryOrderAsync("market", "buy", "1", id: "marked")).Error.ShouldBe("ExchangeNotAvailable");
        (await customer.TryCancelAsync("open")).Error.ShouldBe("ExchangeNotAvailable");
        (await customer.TryCancelAsync("open")).Error.ShouldBe("ExchangeNotAvailable");
        (await customer.TryCancelAsync("open")).Error.ShouldBeNull();
        (await customer.TryOrderAsync("market", "buy", "1", id: "marked")).Error.ShouldBeNull();
    }

    [Fact]
    public async Task FaultByChance_FallsTheSameWayForTheSameSeed()
    {
        var customer = await fixture.CustomerAsync(await fixture.MarketAsync());
        using var client = new SignedClient(Exchange.Address, customer.Key);

        var first = await RunAsync();
        var second = await RunAsync();

        second.ShouldBe(first);
        first.Count(f => f).ShouldBeInRange(5, 25);

        async Task<List<bool>> RunAsync()
        {
            var fell = new List<bool>();
            await Exchange.FaultAsync(
                new FakeFault(FaultKind.Timeout1007, false, FaultOn.Query)
                {
                    Next = 30,
                    Probability = 0.5,
                    Seed = 7,
                }
            );
            for (var i = 0; i < 30; i++)
            {
                fell.Add((await client.SendAsync(HttpMethod.Get, "/api/v3/account", "omitZeroBalances=true")).Code == -1007);
            }

            return fell;
        }
    }
}
