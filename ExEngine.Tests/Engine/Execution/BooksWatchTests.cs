using ExEngine.Core.Alarms;
using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Positions;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Engine.Execution;

[NeedsServer]
public sealed class BooksWatchTests
{
    // The paper account holds no BTC, and the position says 0.5: somebody sold it elsewhere. Then it is written off.
    [Fact]
    public async Task LessAtTheExchangeThanInThePositions_IsAnAlarmUntilTheyMeet()
    {
        var clock = new OffsetClock();
        await using var app = new AppFactory { ["Execution:Enabled"] = "false" };
        app.With(services => services.AddSingleton<TimeProvider>(clock));
        var bench = await EngineBench.NewAsync(app);
        await AddAsync(bench, 0.5m);

        for (var look = 0; look < 3; look++)
        {
            await LookAsync(bench);
            clock.Advance(TimeSpan.FromSeconds(11));
        }

        var alarm = (await AlarmsAsync(bench, open: true)).ShouldHaveSingleItem();
        (alarm.Kind, alarm.Symbol).ShouldBe((AlarmKind.BooksDiffer, "BTC/USDT"));
        alarm.Message.ShouldContain("0.5 less");

        await AddAsync(bench, 0m);
        clock.Advance(TimeSpan.FromMinutes(5));
        await LookAsync(bench);
        (await AlarmsAsync(bench, open: true)).ShouldBeEmpty();
        (await AlarmsAsync(bench, open: false)).ShouldHaveSingleItem().Id.ShouldBe(alarm.Id);
    }

    private static async Task LookAsync(EngineBench bench) =>
        await bench.App.Get<BooksWatch>().LookAsync(bench.Session, await bench.StateAsync(), default);

    private static Task<IReadOnlyList<Alarm>> AlarmsAsync(EngineBench bench, bool open) =>
        bench.App.Get<AlarmService>().ListAsync(bench.Rows.UserId, open, null, 10, default);

    private static async Task AddAsync(EngineBench bench, decimal quantity)
    {
        await using var db = await bench.Rows.DatabaseAsync();
        var position =
            await db.Positions.SingleOrDefaultAsync(p => p.AccountId == bench.Rows.AccountId)
            ?? db.Add(
                new Position
                {
                    Id = Guid.NewGuid(),
                    UserId = bench.Rows.UserId,
                    AccountId = bench.Rows.AccountId,
                    Symbol = "BTC/USDT",
                    Base = "BTC",
                    Quote = "USDT",
                    UpdatedAt = DateTime.UnixEpoch,
                }
            ).Entity;
        position.Quantity = quantity;
        await db.SaveChangesAsync();
    }
}
