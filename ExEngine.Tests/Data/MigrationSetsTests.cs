using System.Data.Common;
using ExEngine.Core.Data;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Data;

[NeedsServer]
public sealed class MigrationSetsTests
{
    private const string PostgresColumns = """
        SELECT table_name || '.' || column_name || CASE is_nullable WHEN 'NO' THEN ' required' ELSE '' END
        FROM information_schema.columns WHERE table_schema = 'public'
        """;

    private const string SqliteColumns = """
        SELECT t.name || '.' || c.name || CASE WHEN c."notnull" = 1 THEN ' required' ELSE '' END
        FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'
        """;

    private const string PostgresIndexes = "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT ILIKE 'pk%'";

    private const string SqliteIndexes = "SELECT name FROM sqlite_master WHERE type = 'index' AND name NOT LIKE 'sqlite%'";

    [Fact]
    public async Task BothSets_MakeTheSameTablesColumnsAndIndexes()
    {
        await using var sqlite = await TestDatabase.SqliteAsync();
        await using var postgres = await TestDatabase.PostgresAsync();

        var columns = await ReadAsync(postgres, PostgresColumns);
        columns.ShouldContain("signals.dedupe_key");
        (await ReadAsync(sqlite, SqliteColumns)).ShouldBe(columns);
        (await ReadAsync(sqlite, SqliteIndexes)).ShouldBe(await ReadAsync(postgres, PostgresIndexes));
    }

    [Fact]
    public void BothSets_HaveTheSameMigrationsInTheSameOrder()
    {
        Names(typeof(SqliteDb)).ShouldBe(Names(typeof(PostgresDb)));

        static IEnumerable<string> Names(Type db) =>
            typeof(AppDb)
                .Assembly.GetTypes()
                .Where(t =>
                    t.GetCustomAttributes(typeof(Microsoft.EntityFrameworkCore.Infrastructure.DbContextAttribute), false)
                        .OfType<Microsoft.EntityFrameworkCore.Infrastructure.DbContextAttribute>()
                        .Any(a => a.ContextType == db)
                )
                .SelectMany(t => t.GetCustomAttributes(typeof(Microsoft.EntityFrameworkCore.Migrations.MigrationAttribute), false))
                .Select(a => ((Microsoft.EntityFrameworkCore.Migrations.MigrationAttribute)a).Id)
                .Order(StringComparer.Ordinal)
                .Select(id => id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..]);
    }

    private static async Task<List<string>> ReadAsync(TestDatabase database, string sql)
    {
        await using var db = database.Open();
        await db.Database.OpenConnectionAsync();
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        // Entity Framework's own tables differ by kind of database.
        return [.. names.Where(n => !n.StartsWith("__EF", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }
}
