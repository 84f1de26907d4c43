using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Data;

/// <summary>The database server, shared by any number of instances.</summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : AppDb(options);
