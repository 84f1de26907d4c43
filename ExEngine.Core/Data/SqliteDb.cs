using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Data;

/// <summary>The embedded database: one file, used by one process.</summary>
public sealed class SqliteDb : AppDb
{
    public SqliteDb(DbContextOptions<SqliteDb> options)
        : base(options)
    {
        // A single statement, too, so that every saving stands in line: see SqliteTurns.
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
    }
}
