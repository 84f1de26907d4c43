using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Data;

/// <summary>The model that a start reads as code says what the rows and their configurations say now.</summary>
public sealed class CompiledModelTests
{
    private const string Stale = "Rows or their configuration changed: run eng/compiled-model.sh and commit what it writes.";

    // Identity asks the application's services which version of its tables is meant.
    private static readonly IServiceProvider Services = new ServiceCollection()
        .AddData(new ConfigurationBuilder().Build())
        .BuildServiceProvider();

    [Fact]
    public void Sqlite_IsWhatTheRowsSay()
    {
        using var compiled = new SqliteDb(Of<SqliteDb>().UseSqlite().Options);
        using var found = new FoundSqlite(Of<FoundSqlite>().UseSqlite().Options);

        Compare(compiled, found);
    }

    [Fact]
    public void Postgres_IsWhatTheRowsSay()
    {
        using var compiled = new PostgresDb(Of<PostgresDb>().UseNpgsql().Options);
        using var found = new FoundPostgres(Of<FoundPostgres>().UseNpgsql().Options);

        Compare(compiled, found);
    }

    private static DbContextOptionsBuilder<TDb> Of<TDb>()
        where TDb : DbContext => new DbContextOptionsBuilder<TDb>().UseApplicationServiceProvider(Services);

    private static void Compare(AppDb compiled, AppDb found)
    {
        compiled.Model.GetType().Namespace.ShouldStartWith("ExEngine.Core.Data.Compiled", Case.Sensitive, Stale);
        found.Model.GetType().Namespace.ShouldStartWith("Microsoft.", Case.Sensitive);
        var (old, now) = (Lines(compiled.Model), Lines(found.Model));

        // First what is easier to read.
        now.Except(old).ShouldBeEmpty(Stale);
        old.Except(now).ShouldBeEmpty(Stale);
        now.SequenceEqual(old).ShouldBeTrue(Stale);
    }

    /// <summary>All that the model says, in one order; beside Entity Framework's own words what they leave out.</summary>
    private static string[] Lines(IModel model) =>
        [
            .. Text(model.ToDebugString(MetadataDebugStringOptions.LongDefault)),
            .. Text(model.GetRelationalModel().ToDebugString(MetadataDebugStringOptions.LongDefault)),
            .. model.GetEntityTypes().SelectMany(e => e.GetProperties()).Select(Column),
        ];

    // Without the version that wrote it: a new one of the package may write the same.
    private static IEnumerable<string> Text(string description) =>
        description.Split('\n').Select(line => line.TrimEnd()).Where(line => !line.Contains("ProductVersion", StringComparison.Ordinal));

    private static string Column(IProperty property)
    {
        var mapping = property.GetRelationalTypeMapping();
        return string.Join(
            ' ',
            property.DeclaringType.Name,
            property.Name,
            mapping.StoreType,
            mapping.ClrType,
            mapping.Converter?.GetType(),
            mapping.Converter?.ProviderClrType,
            mapping.Size,
            property.IsNullable,
            property.ValueGenerated,
            property.IsConcurrencyToken,
            property.GetBeforeSaveBehavior(),
            property.GetAfterSaveBehavior(),
            property.GetValueConverter()?.GetType(),
            property.Sentinel,
            property.FieldInfo?.Name
        );
    }

    /// <summary>Of another assembly, where Entity Framework looks for no compiled model.</summary>
    private sealed class FoundSqlite(DbContextOptions options) : AppDb(options);

    private sealed class FoundPostgres(DbContextOptions options) : AppDb(options);
}
