using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Data;

/// <summary>The embedded database: one file, used by one process.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : AppDb(options);
