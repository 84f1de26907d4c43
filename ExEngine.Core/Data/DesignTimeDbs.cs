using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExEngine.Core.Data;

/// <summary>Lets <c>dotnet ef</c> see the SQLite model without starting the application.</summary>
public sealed class DesignTimeSqliteDb : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args) =>
        DesignTime.Services(("Data:Directory", Path.GetTempPath())).GetRequiredService<IDbContextFactory<SqliteDb>>().CreateDbContext();
}

/// <summary>Lets <c>dotnet ef</c> see the PostgreSQL model without a server.</summary>
public sealed class DesignTimePostgresDb : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args) =>
        DesignTime
            .Services(("ConnectionStrings:Postgres", "Host=/nowhere"))
            .GetRequiredService<IDbContextFactory<PostgresDb>>()
            .CreateDbContext();
}

internal static class DesignTime
{
    public static IServiceProvider Services((string Key, string Value) setting)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create(setting.Key, (string?)setting.Value)])
            .Build();
        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddData(configuration).BuildServiceProvider();
    }
}
