using ExEngine.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Data;

[NeedsServer]
public sealed class EmbeddedDatabaseTests
{
    [Fact]
    public async Task EveryConnection_FlushesAtCommitAndHoldsForeignKeys()
    {
        await using var database = await TestDatabase.SqliteAsync();
        var open = Enumerable.Range(0, 5).Select(_ => database.Open()).ToList();

        foreach (var db in open)
        {
            await db.Database.OpenConnectionAsync();
            (await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync()).ShouldBe("wal");
            (await db.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync()).ShouldBe(2);
            (await db.Database.SqlQueryRaw<int>("SELECT foreign_keys AS Value FROM pragma_foreign_keys").SingleAsync()).ShouldBe(1);
        }

        open.ForEach(db => db.Dispose());
    }

    [Fact]
    public async Task ConnectionThatDoesNotTakeTheSettings_IsRefused()
    {
        // A database in memory has no write-ahead log.
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();

        Should.Throw<InvalidOperationException>(() => Core.Data.SqlitePragmas.Apply(connection)).Message.ShouldContain("Data:Directory");
    }

    [Fact]
    public async Task SecondProcessOnTheSameFolder_IsRefusedInWords()
    {
        await using var first = new AppProcess();
        await first.StartAsync();
        await using var second = new AppProcess { ["Data:Directory"] = first.DataDirectory };

        second.Launch();

        (await second.WaitForExitAsync()).ShouldBe(1);
        second.Log.ShouldContain("is used by another process");
        second.Log.ShouldNotContain("   at ");
        await first.KillAsync();
        await second.StartAsync();
    }

    [Fact]
    public async Task DataDirectory_IsForItsOwnerAlone()
    {
        await using var app = new AppProcess();
        await app.StartAsync();

        File.GetUnixFileMode(app.DataDirectory).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A folder that was made before, for everybody, and a database that others could read.</summary>
    [Fact]
    public async Task FilesInAFolderOfEverybodys_AreForTheirOwnerAlone()
    {
        await using var app = new AppProcess();
        await app.StartAsync();
        await app.KillAsync();
        const UnixFileMode everybody = (UnixFileMode)0b110_100_100;
        File.SetUnixFileMode(app.DataDirectory, (UnixFileMode)0b111_101_101);
        foreach (var file in Directory.EnumerateFiles(app.DataDirectory, "*", SearchOption.AllDirectories))
        {
            File.SetUnixFileMode(file, everybody);
        }

        await app.StartAsync();

        var files = Directory.EnumerateFiles(app.DataDirectory, "exengine.db*").ToList();
        files.ShouldNotBeEmpty();
        files.AddRange(Directory.EnumerateFiles(System.IO.Path.Combine(app.DataDirectory, "logs")));
        files.ShouldAllBe(f => File.GetUnixFileMode(f) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task ProcessKilledWhileMigrating_StartsAgain()
    {
        await using var app = new AppProcess();
        await app.StartAsync();
        await app.KillAsync();
        await using (var connection = new SqliteConnection($"Data Source={app.DataDirectory}/exengine.db;Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO __EFMigrationsLock (Id, Timestamp) VALUES (1, '2026-01-01')";
            await command.ExecuteNonQueryAsync();
        }

        await app.StartAsync();
    }
}
