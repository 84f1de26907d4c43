using ExEngine.Core.Alarms;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Alarms;

/// <summary>The same trouble of the same thing is one row, from its begin to its end.</summary>
[NeedsServer]
public sealed class AlarmBookTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task SameTrouble_IsOneRowUntilItEndsAndAnotherAfterwards(string database)
    {
        var app = await databases.OnAsync(database);
        var rows = await SignalRows.NewAsync(app);
        var book = app.Get<AlarmBook>();

        (await RaiseAsync("It is so.")).ShouldBeTrue();
        (await RaiseAsync("It is still so.")).ShouldBeFalse();
        (await AlarmsAsync())
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(a => a.Message.ShouldBe("It is still so."), a => a.EndedAt.ShouldBeNull());

        (await EndAsync()).ShouldBeTrue();
        (await EndAsync()).ShouldBeFalse();
        (await RaiseAsync("Again.")).ShouldBeTrue();
        (await AlarmsAsync()).Select(a => a.EndedAt is null).ShouldBe([false, true]);

        async Task<bool> RaiseAsync(string message)
        {
            await using var db = await rows.DatabaseAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var isNew = await book.RaiseAsync(
                db,
                new Alarm
                {
                    UserId = rows.UserId,
                    Kind = AlarmKind.ExitNotDone,
                    Subject = "one",
                    Message = message,
                },
                default
            );
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return isNew;
        }

        async Task<bool> EndAsync()
        {
            await using var db = await rows.DatabaseAsync();
            return await book.EndAsync(db, rows.UserId, AlarmKind.ExitNotDone, "one", default);
        }

        async Task<List<Alarm>> AlarmsAsync()
        {
            await using var db = await rows.DatabaseAsync();
            return await db.Alarms.AsNoTracking().Where(a => a.UserId == rows.UserId).OrderBy(a => a.Id).ToListAsync();
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task RaisedAndEndedInOneTransaction_LeavesAnEndedRow(string database)
    {
        var app = await databases.OnAsync(database);
        var rows = await SignalRows.NewAsync(app);
        await using var db = await rows.DatabaseAsync();
        var alarm = new Alarm
        {
            UserId = rows.UserId,
            Kind = AlarmKind.StopNotInForce,
            Subject = "two",
            Message = "It is so.",
        };

        await app.Get<AlarmBook>().RaiseAsync(db, alarm, default);
        (await app.Get<AlarmBook>().RaiseAsync(db, alarm, default)).ShouldBeFalse("It waits to be saved.");
        (await app.Get<AlarmBook>().EndAsync(db, rows.UserId, AlarmKind.StopNotInForce, "two", default)).ShouldBeTrue();
    }
}
