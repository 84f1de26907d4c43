using ExEngine.Core.Data;
using ExEngine.Core.Data.Sealing;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace ExEngine.Tests.Data;

[NeedsServer]
public sealed class KeyRingTests
{
    private static readonly SecretPlace Place = new("Test", Guid.Empty, Guid.Empty, "Secret");

    [Fact]
    public async Task TwoInstancesThatStartTogether_AgreeOnOneKey()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await using var one = new AppFactory { ["ConnectionStrings:Postgres"] = database };
        await using var other = new AppFactory { ["ConnectionStrings:Postgres"] = database };

        await Task.WhenAll(Task.Run(() => one.Address), Task.Run(() => other.Address));

        other.Get<SecretSealer>().Open(Place, one.Get<SecretSealer>().Seal(Place, "s3cret")).ShouldBe("s3cret");
        one.Get<SecretSealer>().Open(Place, other.Get<SecretSealer>().Seal(Place, "s3cret")).ShouldBe("s3cret");
        await using var db = await one.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        (await db.DataProtectionKeys.CountAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task RowsOfTheFormerStore_StillOpenAndNoKeyIsAdded(string kind)
    {
        await using var database = kind == "sqlite" ? await TestDatabase.SqliteAsync() : await TestDatabase.PostgresAsync();
        using var former = new FormerKeyRing();
        var text = former.Sealer.Seal(Place, "s3cret");
        await using var db = database.Open();
        foreach (var (name, xml) in former.Keys)
        {
            await db.Database.ExecuteSqlAsync($"INSERT INTO key_ring (friendly_name, xml) VALUES ({name}, {xml})");
        }

        await database.Get<KeyRingCheck>().RunAsync(CancellationToken.None);

        database.Get<SecretSealer>().Open(Place, text).ShouldBe("s3cret");
        (await db.DataProtectionKeys.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task ListOfTheFormerRedisStore_StillOpensAndNoKeyIsAdded()
    {
        await using var redis = await RedisServer.StartAsync();
        using var former = new FormerKeyRing();
        var text = former.Sealer.Seal(Place, "s3cret");
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        foreach (var (_, xml) in former.Keys)
        {
            await connection.GetDatabase().ListRightPushAsync("exengine:key-ring", xml);
        }

        await using var app = new AppFactory { ["ConnectionStrings:Redis"] = redis.ConnectionString, ["DataProtection:KeyRing"] = "Redis" };

        app.Get<SecretSealer>().Open(Place, text).ShouldBe("s3cret");
        (await connection.GetDatabase().ListLengthAsync("exengine:key-ring")).ShouldBe(1);
    }

    [Fact]
    public async Task KeyRingThatDoesNotFitTheDatabase_EndsTheProcessInWords()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await using var app = new AppProcess { ["ConnectionStrings:Postgres"] = database };
        await app.StartAsync();
        await app.StopAsync();
        await ExecuteAsync(database, "DELETE FROM key_ring");

        app.Launch();

        (await app.WaitForExitAsync()).ShouldBe(1);
        app.Log.ShouldContain("The key ring does not open this database");
        app.Log.ShouldNotContain("   at ");
        (await CountAsync(database, "SELECT COUNT(*) FROM key_ring")).ShouldBe(0, "a refused start must not add a key");
    }

    [Fact]
    public async Task Certificate_SealsTheKeysAndIsNeededFromThenOn()
    {
        using var directory = new TempDirectory();
        await RingCertificate.WriteAsync(directory["ring.p12"]);
        var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        await using var app = new AppProcess
        {
            ["ConnectionStrings:Postgres"] = database,
            ["DataProtection:CertificatePath"] = directory["ring.p12"],
            ["DataProtection:CertificatePassword"] = RingCertificate.Password,
        };
        await app.StartAsync();
        await app.StopAsync();
        (await CountAsync(database, "SELECT COUNT(*) FROM key_ring WHERE xml LIKE '%masterKey%'")).ShouldBe(0);
        (await CountAsync(database, "SELECT COUNT(*) FROM key_ring WHERE xml LIKE '%EncryptedData%'")).ShouldBe(1);

        await app.StartAsync();
        await app.StopAsync();

        app["DataProtection:CertificatePath"] = null;
        app.Launch();
        (await app.WaitForExitAsync()).ShouldBe(1);
        app.Log.ShouldContain("The key ring does not open this database");
        (await CountAsync(database, "SELECT COUNT(*) FROM key_ring")).ShouldBe(1);
    }

    [Fact]
    public async Task RedisWithoutAppendOnlyFile_IsRefusedAsKeyRing()
    {
        await using var redis = await RedisServer.StartAsync(appendOnly: false);
        await using var app = new AppProcess { ["ConnectionStrings:Redis"] = redis.ConnectionString, ["DataProtection:KeyRing"] = "Redis" };

        app.Launch();

        (await app.WaitForExitAsync()).ShouldBe(1);
        app.Log.ShouldContain("--appendonly yes");
        app.Log.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task RedisWithAppendOnlyFile_KeepsTheKeysOverItsOwnRestart()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var app = new AppProcess { ["ConnectionStrings:Redis"] = redis.ConnectionString, ["DataProtection:KeyRing"] = "Redis" };
        await app.StartAsync();
        await app.StopAsync();
        await redis.StopAsync();
        await redis.StartAgainAsync();

        await app.StartAsync();
    }

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> CountAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
