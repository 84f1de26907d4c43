using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExEngine.Core.Data;

public static class DataServices
{
    /// <summary>SQLite in <c>Data:Directory</c>, or PostgreSQL when <c>ConnectionStrings:Postgres</c> is set.</summary>
    public static IServiceCollection AddData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DataOptions>().BindConfiguration("Data").ValidateDataAnnotations().ValidateOnStart();
        services.Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddSingleton<SequentialIds>();
        services.AddSingleton<SecretSealer>();
        services.AddSingleton<DatabaseMigration>();
        services.AddHostedService<DataStartWorker>();
        if (configuration.GetConnectionString("Postgres") is { Length: > 0 } postgres)
        {
            services.AddSingleton(_ => Npgsql.NpgsqlDataSource.Create(postgres));
            services.AddPooledDbContextFactory<PostgresDb>((sp, o) => o.UseNpgsql(sp.GetRequiredService<Npgsql.NpgsqlDataSource>()));
            services.AddSingleton<IDbContextFactory<AppDb>, AppDbFactory<PostgresDb>>();
        }
        else
        {
            var directory = configuration["Data:Directory"] ?? new DataOptions().Directory;
            System.IO.Directory.CreateDirectory(directory);
            services.AddPooledDbContextFactory<SqliteDb>(o => o.UseSqlite($"Data Source={Path.Combine(directory, "exengine.db")}"));
            services.AddSingleton<IDbContextFactory<AppDb>, AppDbFactory<SqliteDb>>();
        }

        services.AddScoped(sp => sp.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContext());
        return services;
    }

    private sealed class AppDbFactory<TDb>(IDbContextFactory<TDb> inner) : IDbContextFactory<AppDb>
        where TDb : AppDb
    {
        public AppDb CreateDbContext() => inner.CreateDbContext();

        public async Task<AppDb> CreateDbContextAsync(CancellationToken cancellationToken) =>
            await inner.CreateDbContextAsync(cancellationToken);
    }
}
