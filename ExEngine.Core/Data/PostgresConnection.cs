using System.Data.Common;
using Npgsql;

namespace ExEngine.Core.Data;

/// <summary>What this product adds to the connection string that it is given.</summary>
public static class PostgresConnection
{
    private const int MaxStatements = 200;

    /// <summary>
    /// From its second use on a statement is kept prepared on its connection, which spares parsing and planning. A string that
    /// says <c>Max Auto Prepare</c> itself is left as it is: 0 for a pooler in between that gives each transaction another session.
    /// </summary>
    public static string WithPlansKept(string connectionString)
    {
        var said = new DbConnectionStringBuilder { ConnectionString = connectionString };
        return said
            .Keys.Cast<string>()
            .Any(k => k.Replace(" ", "", StringComparison.Ordinal).Equals("MaxAutoPrepare", StringComparison.OrdinalIgnoreCase))
            ? connectionString
            : new NpgsqlConnectionStringBuilder(connectionString)
            {
                MaxAutoPrepare = MaxStatements,
                AutoPrepareMinUsages = 2,
            }.ConnectionString;
    }
}
