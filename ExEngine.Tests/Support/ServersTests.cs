using Npgsql;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Support;

[NeedsServer]
public sealed class ServersTests
{
    [Fact]
    public async Task Postgres_AnswersOverPortAndSocket()
    {
        var server = await PostgresServer.SharedAsync();
        var database = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync()).Database!;

        foreach (var overSocket in new[] { false, true })
        {
            await using var connection = new NpgsqlConnection(server.ConnectionString(database, overSocket));
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("SELECT current_database()", connection);
            (await command.ExecuteScalarAsync()).ShouldBe(database);
        }
    }

    [Fact]
    public async Task Redis_ComesBackOnItsPort()
    {
        await using var redis = await RedisServer.StartAsync();
        await redis.StopAsync();

        await redis.StartAgainAsync();
    }
}
