using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Core.Markets;
using ExEngine.Tests.Support;
using Shouldly;
using System.Diagnostics;
using Xunit;

namespace ExEngine.Tests.Exchanges.Paper;

[Collection(Alone.Name)]
public sealed class PaperSpeedTests
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task MarketOrder_IsPlacedWithinMilliseconds(string kind)
    {
        await using var database = await (kind == TwoDatabases.Sqlite ? TestDatabase.SqliteAsync() : TestDatabase.PostgresAsync());
        var exchange = database.Get<ExchangePool>().Of(await PaperAccounts.AddAsync(database));
        var market = PaperMarkets.All.Single(m => m.Symbol == "BTC/USDT");
        var ticket = PaperAccounts.Ticket(market, new OrderDraft { Side = OrderSide.Buy, Type = OrderType.Market, Quantity = 0.0001m });
        var times = new List<TimeSpan>();
        for (var i = 0; i < 400; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var placed = await exchange.PlaceAsync(ticket, $"{i:x32}", DateTime.MaxValue, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(began));
            placed.IsDone.ShouldBeTrue(placed.Fault?.Message);
        }

        var median = times.Skip(50).Order().ElementAt(175);
        TestContext.Current.SendDiagnosticMessage($"{kind}: median {median.TotalMilliseconds:0.00} ms");
        median.ShouldBeLessThan(TimeSpan.FromMilliseconds(10));
    }
}
