using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

[NeedsServer]
public sealed class PositionRaceTests
{
    private const int Races = 5;

    // The first writes of the lease holder find nothing to change, as when somebody else was quicker. Only its transactions have
    // that timeout. A sequence keeps its count when a transaction is rolled back.
    private const string Trigger = """
        CREATE SEQUENCE races;
        CREATE FUNCTION race() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF current_setting('idle_in_transaction_session_timeout') <> '0' AND nextval('races') <= 5 THEN RETURN NULL; END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER race BEFORE UPDATE ON positions FOR EACH ROW EXECUTE FUNCTION race();
        """;

    [Fact]
    public async Task PositionThatChangedMeanwhile_IsReadAgainAtOnceAndIsNoError()
    {
        using var directory = new TempDirectory();
        await using (
            var app = new AppFactory { ["ConnectionStrings:Postgres"] = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync() }
        )
        {
            app["Data:Directory"] = directory["data"];
            app["Execution:Enabled"] = "true";
            var client = await ApiClient.SignUpAsync(app.Address, $"{Guid.NewGuid():N}@example.org");
            var account = await DoorsApp.PaperAccountAsync(client);
            await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
            await DoorsApp.PostAsync(
                client,
                "/api/orders",
                new
                {
                    accountId = account,
                    symbol = "BTC/USDT",
                    side = "buy",
                    type = "market",
                    cost = "1000",
                }
            );
            JsonElement positions = default;
            await Until.True(async () =>
                (positions = (await client.GetFromJsonAsync<JsonElement>("/api/positions?open=true")).GetProperty("items")).GetArrayLength()
                == 1
            );
            await Until.True(async () => !await db.Orders.AnyAsync(o => o.SettledAt == null));
            await db.Database.ExecuteSqlRawAsync(Trigger);

            await ApiClient.SucceedAsync(
                await client.PutAsJsonAsync(
                    $"/api/positions/{positions[0].GetProperty("id").GetString()}/protection",
                    new { stopLoss = new { percent = "20" } }
                )
            );

            await Until.True(async () => await db.Orders.AnyAsync(o => o.Origin == Core.Orders.OrderOrigin.Protection));
            (await db.Database.SqlQuery<long>($"SELECT last_value AS \"Value\" FROM races").SingleAsync()).ShouldBeGreaterThan(Races);
        }

        foreach (var file in Directory.GetFiles(System.IO.Path.Combine(directory["data"], "logs")))
        {
            (await File.ReadAllTextAsync(file)).ShouldNotContain("a step failed");
        }
    }
}
