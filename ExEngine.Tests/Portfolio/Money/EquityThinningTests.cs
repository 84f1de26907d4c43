using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Portfolio.Money;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Portfolio.Money;

[NeedsServer]
public sealed class EquityThinningTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 6, 30, 0, TimeSpan.Zero);

    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task OldSnapshots_BecomeOneAnHourAndThenOneADay(string kind)
    {
        await using var database =
            kind == TwoDatabases.Postgres ? await TestDatabase.PostgresAsync(WithClock) : await TestDatabase.SqliteAsync(WithClock);
        var account = await AccountAsync(database);
        await using var db = database.Open();

        // Every five minutes of four days, and every hour of the sixty-four days to the first of May.
        var fine = Enumerable.Range(0, 4 * 288).Select(i => Row(account, Now.AddMinutes(-5 * i - 5), EquityGrain.Fine));
        var hours = Enumerable.Range(0, 24 * 64).Select(i => Row(account, Now.AddDays(-4).AddHours(-i - 1), EquityGrain.Hour));
        db.AddRange(fine.Concat(hours).Select(r => Unknown(r, r.Slot.Minute == 55)));
        await db.SaveChangesAsync();
        var before = await db.EquitySnapshots.CountAsync();

        var removed = await database.Get<EquityThinning>().SweepAsync(CancellationToken.None);

        var rows = await db.EquitySnapshots.AsNoTracking().OrderBy(s => s.Slot).ToListAsync();
        (before - rows.Count).ShouldBe(removed);
        var (twoDays, sixty) = (Now.AddDays(-2).UtcDateTime, Now.AddDays(-60).UtcDateTime);
        rows.Count(r => r.Slot >= twoDays).ShouldBe(576);
        var middle = rows.FindAll(r => r.Slot < twoDays.AddMinutes(-30) && r.Slot >= sixty);
        middle.ShouldAllBe(r => r.Grain == EquityGrain.Hour);
        middle.Select(r => (r.Slot.Date, r.Slot.Hour)).ShouldBeUnique();
        var old = rows.FindAll(r => r.Slot < sixty.Date);
        old.Count.ShouldBeInRange(8, 9);
        old.ShouldAllBe(r => r.Grain == EquityGrain.Day);
        old.Select(r => r.Slot.Date).ShouldBeUnique();

        // The last of an hour that says something: not that of minute 55.
        rows.FindAll(r => r.Slot < twoDays.AddHours(-1) && r.Slot > Now.AddDays(-3.9).UtcDateTime).ShouldAllBe(r => r.Slot.Minute == 50);
        (await database.Get<EquityThinning>().SweepAsync(CancellationToken.None)).ShouldBe(0);
    }

    private static void WithClock(IServiceCollection services) => services.AddSingleton<TimeProvider>(new ThinClock());

    private static EquitySnapshot Unknown(EquitySnapshot row, bool isUnknown)
    {
        row.Equity = isUnknown && row.Grain == EquityGrain.Fine ? null : row.Equity;
        return row;
    }

    private static EquitySnapshot Row((Guid Account, Guid User) of, DateTimeOffset at, EquityGrain grain) =>
        new()
        {
            AccountId = of.Account,
            UserId = of.User,
            Slot = at.UtcDateTime,
            At = at.UtcDateTime,
            Currency = "USDT",
            Equity = 1m,
            Grain = grain,
        };

    private static async Task<(Guid Account, Guid User)> AccountAsync(TestDatabase database)
    {
        var user = await database.AddUserAsync("one");
        await using var db = database.Open();
        db.Add(
            new ExchangeAccount
            {
                Id = user.Id,
                UserId = user.Id,
                Name = "Paper",
                NormalizedName = "PAPER",
                Exchange = "paper",
                CreatedAt = Now.UtcDateTime,
                UpdatedAt = Now.UtcDateTime,
            }
        );
        await db.SaveChangesAsync();
        return (user.Id, user.Id);
    }

    /// <summary>Stands still; what waits by it waits in real time.</summary>
    private sealed class ThinClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
