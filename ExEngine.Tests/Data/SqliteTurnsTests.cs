using ExEngine.Core.Data;
using ExEngine.Core.Exchanges;
using ExEngine.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Data;

/// <summary>Whoever writes to SQLite stands in line, and leaves it however the writing ends.</summary>
public sealed class SqliteTurnsTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.SqliteAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    public static TheoryData<string> Writings => [.. Acts.Keys];

    // SQLite itself is synchronous: what has not ended when it returns its task waits for its turn.
    [Theory, MemberData(nameof(Writings))]
    public async Task Writing_WaitsForItsTurnAndGivesItBack(string writing)
    {
        Task written;
        using (_database.Get<WriteTurn>().Take())
        {
            written = WriteAsync(writing);
            written.IsCompleted.ShouldBeFalse();
        }

        await written;
        await NobodyHoldsTheTurnAsync();
    }

    [Fact]
    public async Task Reading_WaitsForNobody()
    {
        using var turn = _database.Get<WriteTurn>().Take();
        await using var db = _database.Open();

        db.Users.ToListAsync().IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task TransactionsInAContextThatIsUsedAgain_EachTakeATurn()
    {
        await using var db = _database.Open();
        for (var i = 0; i < 3; i++)
        {
            await using (await db.Database.BeginTransactionAsync())
            {
                TurnIsFree().ShouldBeFalse();
                await db.Users.ExecuteDeleteAsync();
                TurnIsFree().ShouldBeFalse();
            }

            await NobodyHoldsTheTurnAsync();
        }
    }

    [Fact]
    public async Task WithoutTransaction_SynchronousWritingTakesAndGivesBackToo()
    {
        await using var db = _database.Open();
        await db.Database.OpenConnectionAsync();
        db.Users.ExecuteDelete();
        TurnIsFree().ShouldBeTrue();
        using (db.Database.BeginTransaction())
        {
            TurnIsFree().ShouldBeFalse();
        }

        // The connection is open still, and so nobody knows yet that the transaction is over.
        await db.Database.CloseConnectionAsync();
        TurnIsFree().ShouldBeTrue();
    }

    private static Dictionary<string, Func<AppDb, Task>> Acts { get; } = new()
    {
        ["commit"] = async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Users.ExecuteDeleteAsync();
            await transaction.CommitAsync();
        },
        ["rollback"] = async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await transaction.RollbackAsync();
        },
        ["neither"] = async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
        },
        ["not even disposed"] = db => db.Database.BeginTransactionAsync(),
        ["statement"] = db => db.Users.ExecuteDeleteAsync(),
        ["statement that fails"] = db => Should.ThrowAsync<SqliteException>(
            () => db.Database.ExecuteSqlRawAsync("INSERT INTO account_leases (account_id) VALUES (NULL)")),
        ["saving of one row"] = async db =>
        {
            db.Add(new MarketSnapshot { Exchange = Guid.NewGuid().ToString(), Json = "{}", FetchedAt = DateTime.UnixEpoch });
            await db.SaveChangesAsync();
        },
    };

    private async Task WriteAsync(string writing)
    {
        await using var db = _database.Open();
        await Acts[writing](db);
    }

    private bool TurnIsFree()
    {
        using var stop = new CancellationTokenSource();
        var turn = _database.Get<WriteTurn>().TakeAsync(stop.Token);
        if (!turn.IsCompletedSuccessfully)
        {
            stop.Cancel();
            return false;
        }

        turn.Result.Dispose();
        return true;
    }

    private async Task NobodyHoldsTheTurnAsync()
    {
        TurnIsFree().ShouldBeTrue();
        await using var db = _database.Open();
        await db.Users.ExecuteDeleteAsync();
    }
}
