using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Data;

/// <summary>
/// What version 0.1.0 left behind (<c>Upgrade/README.md</c> lists it) is there after this version started on it: rows, key ring, password.
/// </summary>
[NeedsServer]
public sealed class UpgradeTests : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task SqliteFile_IsUpgradedAndHasEverything()
    {
        Directory.CreateDirectory(_directory["old"]);
        await using (var file = File.Create(System.IO.Path.Combine(_directory["old"], "exengine.db")))
        {
            await Fixture("v0.1.0.db.gz").CopyToAsync(file);
        }

        await using var app = new AppFactory
        {
            ["Data:Directory"] = _directory["old"],
            ["Gateway:Enabled"] = "false",
            ["Webhooks:CommitTimeoutMilliseconds"] = "30000",
        };

        await CheckAsync(app, 1004.7425m, "gB7NAlIBexh-RhY-YCGGrMHKlwYTUT7K", "lz4T1wNQPmAptCrmQou7pzg5AtUiV986");
    }

    [Fact]
    public async Task PostgresDump_IsUpgradedAndHasEverything()
    {
        var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        using (var dump = new StreamReader(Fixture("v0.1.0.sql.gz")))
        await using (var source = NpgsqlDataSource.Create(database))
        await using (var load = source.CreateCommand(await dump.ReadToEndAsync()))
        {
            await load.ExecuteNonQueryAsync();
        }

        await using var app = new AppFactory
        {
            ["ConnectionStrings:Postgres"] = database,
            ["Gateway:Enabled"] = "false",
            ["Webhooks:CommitTimeoutMilliseconds"] = "30000",
        };

        await CheckAsync(app, 1004.642m, "31K3wE4I_81l7c2buMMVdxmcHqiA0FO7", "bj8MqxONegL6HgyJv28GYa8ebRZ6mtxY");
    }

    private static async Task CheckAsync(AppFactory app, decimal cost, string token, string secret)
    {
        using var client = new HttpClient { BaseAddress = app.Address };
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();

        var signals = await db.Signals.AsNoTracking().OrderBy(s => s.Id).ToListAsync();
        signals.Select(s => s.Status).ShouldBe([SignalStatus.Done, SignalStatus.Refused, SignalStatus.Planned]);
        signals[1].Code.ShouldBe("cost_too_low");
        SignalDetailJson.Read(signals[2].Detail).Draft!.Price.ShouldBe(12345.67m);

        var orders = await db.Orders.AsNoTracking().OrderBy(o => o.Id).ToListAsync();
        orders
            .Select(o => (o.Status, o.Quantity, o.FilledQuantity, o.BookedQuantity))
            .ShouldBe([
                (OrderStatus.Filled, 0.01m, 0.01m, 0.01m),
                (OrderStatus.Open, 0.002m, 0m, 0m),
                (OrderStatus.Open, 0.00999m, 0m, 0m),
            ]);
        (orders[0].ExecutedCost, orders[2].Leg, orders[2].StopPrice).ShouldBe((cost, "stopLoss.1", 11111.11m));

        var position = await db.Positions.AsNoTracking().SingleAsync();
        (position.Quantity, position.EntryCost, position.RoundTripProfit, position.SoldFromOutside).ShouldBe((0.00999m, cost, 0m, 0m));

        // All of it was bought by one webhook, so it is that webhook's, and what protects it as well.
        var webhook = orders[0].WebhookId!.Value;
        (position.OwnerKind, position.OwnerId).ShouldBe((OwnerKind.Webhook, webhook));
        orders.ShouldAllBe(o => o.OwnerKind == OwnerKind.Webhook && o.OwnerId == webhook);
        orders.ShouldAllBe(o => o.Effect == (o.Side == OrderSide.Sell ? Effect.Reduce : Effect.Open));
        (await db.Fills.AsNoTracking().ToListAsync()).ShouldAllBe(f => f.OwnerId == webhook && f.Kind == FillKind.Trade);

        // The old ring opens the webhook's secret, and the old hash the door of its user.
        var alert = new
        {
            secret,
            symbol = "BTC/USDT",
            action = "buy",
            trade_quantity = "0.001",
        };
        (await client.PostAsJsonAsync($"/hooks/{token}", alert)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var login = new { email = "old@example.org", password = "a long pass phrase of mine" };
        var signedIn = await ApiClient.SucceedAsync(await client.PostAsJsonAsync("/api/auth/login", login));
        (await db.Users.AsNoTracking().SingleAsync()).PasswordHash!.ShouldStartWith("$argon2id$");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            signedIn.GetProperty("accessToken").GetString()
        );
        await FoundAsync(client, "/api/signals", 4);
        await FoundAsync(client, "/api/orders", 3);
        await FoundAsync(client, "/api/positions", 1);
    }

    private static async Task FoundAsync(HttpClient client, string list, int count)
    {
        var answer = await client.GetFromJsonAsync<JsonElement>(list);
        answer.GetProperty("items").GetArrayLength().ShouldBe(count, list);
    }

    private static GZipStream Fixture(string name) =>
        new(File.OpenRead(Source.Path("ExEngine.Tests", "Data", "Upgrade", name)), CompressionMode.Decompress);

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }
}
