using ExEngine.Core.Data;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using ExEngine.Tests.Webhooks.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Data;

[NeedsServer]
public sealed class UserSweepTests
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task SignalStoredAfterItsUserWasDeleted_IsGoneAfterTheStart(string kind)
    {
        await using var database =
            kind == TwoDatabases.Postgres ? await TestDatabase.PostgresAsync(WithWorker) : await TestDatabase.SqliteAsync(WithWorker);
        var (gone, kept, other) = (
            await database.AddUserAsync("gone"),
            await database.AddUserAsync("kept"),
            await database.AddUserAsync("other")
        );
        await using var db = database.Open();
        await UserRows.DeleteAsync(db, gone.Id, CancellationToken.None);
        var writes = new Writes(database.Get<SequentialIds>());
        Signal Of(Guid userId, string key) => writes.New(key, change: s => s.UserId = userId).Row;
        Signal[] late = [Of(gone.Id, "1"), Of(gone.Id, "2"), Of(Guid.NewGuid(), "3")];
        Signal[] theirs = [Of(kept.Id, "4"), Of(other.Id, "5"), Of(kept.Id, "6")];
        db.Signals.AddRange([.. late, .. theirs]);
        await db.SaveChangesAsync();
        (await UserRows.OrphansAsync(db, CancellationToken.None)).ShouldBe([gone.Id, late[2].UserId], ignoreOrder: true);

        var worker = database.Get<UserSweepWorker>();
        await worker.StartAsync(CancellationToken.None);
        await worker.StopAsync(CancellationToken.None);

        (await db.Signals.AsNoTracking().Select(s => s.Id).ToListAsync()).ShouldBe(theirs.Select(s => s.Id), ignoreOrder: true);
        (await UserRows.OrphansAsync(db, CancellationToken.None)).ShouldBeEmpty();
        (await db.Users.CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Application_RunsIt()
    {
        await using var app = new AppFactory();

        app.Services.GetServices<IHostedService>().OfType<UserSweepWorker>().ShouldHaveSingleItem();
    }

    private static void WithWorker(IServiceCollection services) => services.AddSingleton<UserSweepWorker>();
}
