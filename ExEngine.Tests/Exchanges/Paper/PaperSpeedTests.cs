using System.Diagnostics;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Paper;

/// <summary>
/// Placing an order is little more than the commit that it ends with; both are measured in turn, so that a busy machine slows both.
/// </summary>
[Collection(Alone.Name)]
[NeedsServer]
public sealed class PaperSpeedTests
{
    private const int Rounds = 300;

    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task MarketOrder_TakesNotManyTimesABareCommit(string kind)
    {
        await using var database = await (kind == TwoDatabases.Sqlite ? TestDatabase.SqliteAsync() : TestDatabase.PostgresAsync());
        var account = await PaperAccounts.AddAsync(database);
        var exchange = database.Get<ExchangeFactory>().Of(account);
        var market = PaperMarkets.All.Single(m => m.Symbol == "BTC/USDT");
        var ticket = PaperAccounts.Ticket(market, Drafts.Buy(0.0001m));
        var (orders, commits) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var i = 0; i < Rounds; i++)
        {
            orders.Add(
                await TakeAsync(async () =>
                    SuiteBench.Done(await exchange.PlaceAsync(ticket, $"{i:x32}", DateTime.MaxValue, CancellationToken.None))
                )
            );
            commits.Add(
                await TakeAsync(async () =>
                {
                    await using var db = database.Open();
                    await db.ExchangeAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.ApiKeyHint, $"{i:0000}"));
                })
            );
        }

        var (order, commit) = (Median(orders), Median(commits));
        TestContext.Current.SendDiagnosticMessage(
            $"{kind}: order {order.TotalMilliseconds:0.00} ms, bare commit {commit.TotalMilliseconds:0.00} ms"
        );
        order.ShouldBeLessThan(Max(commit * 12, TimeSpan.FromMilliseconds(4)));
    }

    private static async Task<TimeSpan> TakeAsync(Func<Task> act)
    {
        var began = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(began);
    }

    // The first ones compile.
    private static TimeSpan Median(List<TimeSpan> times) => times.Skip(50).Order().ElementAt((times.Count - 50) / 2);

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
