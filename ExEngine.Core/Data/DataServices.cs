using ExEngine.Core.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Data;

public static class DataServices
{
    /// <summary>SQLite in <c>Data:Directory</c>, or PostgreSQL when <c>ConnectionStrings:Postgres</c> is set.</summary>
    public static IServiceCollection AddData(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddSettings<DataOptions>("Data")
            .Validate<IConfiguration>(
                (_, c) => CanRead(c.GetConnectionString("Postgres")),
                "ConnectionStrings:Postgres cannot be read. Write it as Host=…;Port=5432;Database=…;Username=…;Password=…."
            );
        services.Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddSingleton<SequentialIds>();
        services.AddSingleton<SecretSealer>();
        services.AddSingleton<DataDirectory>();
        services.AddSingleton<DatabaseMigration>();
        services.AddHostedService<DataStartWorker>();
        services.AddHostedService<UserSweepWorker>();
        services.AddKeyRing(configuration);
        if (configuration.GetConnectionString("Postgres") is { Length: > 0 } postgres)
        {
            // Named, because its metrics would else carry the connection string as their pool's name.
            services.AddSingleton(_ =>
                new Npgsql.NpgsqlDataSourceBuilder(PostgresConnection.WithPlansKept(postgres)) { Name = "exengine" }.Build()
            );
            services.AddPooledDbContextFactory<PostgresDb>((sp, o) => o.UseNpgsql(sp.GetRequiredService<Npgsql.NpgsqlDataSource>()));
            services.AddSingleton<IDbContextFactory<AppDb>, AppDbFactory<PostgresDb>>();
        }
        else
        {
            services.AddPooledDbContextFactory<SqliteDb>(
                (sp, o) =>
                    o.UseSqlite(
                            $"Data Source={Path.Combine(sp.GetRequiredService<IOptions<DataOptions>>().Value.Directory, DataDirectory.DatabaseFile)}"
                        )
                        .AddInterceptors(new SqlitePragmas())
            );
            services.AddSingleton<IDbContextFactory<AppDb>, AppDbFactory<SqliteDb>>();
        }

        services.AddScoped(sp => sp.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContext());
        return services;
    }

    private static bool CanRead(string? postgres)
    {
        try
        {
            return new Npgsql.NpgsqlConnectionStringBuilder(postgres) is not null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return false;
        }
    }

    private sealed class AppDbFactory<TDb>(IDbContextFactory<TDb> inner) : IDbContextFactory<AppDb>
        where TDb : AppDb
    {
        public AppDb CreateDbContext() => inner.CreateDbContext();

        public async Task<AppDb> CreateDbContextAsync(CancellationToken cancellationToken) =>
            await inner.CreateDbContextAsync(cancellationToken);
    }
}
