using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Ccxt;

/// <summary>Keys of live accounts, from the REST interface through the gateway to the fake exchange.</summary>
[NeedsServer]
public sealed class KeyTests(ExchangeApp fixture) : IClassFixture<ExchangeApp>
{
    [Fact]
    public async Task GoodKey_IsStoredWithWhatItMayDo()
    {
        var client = await ClientAsync();
        var key = await KeyAsync(new FakeKeyRights());

        var account = await ApiClient.SucceedAsync(await AddAsync(client, key));

        account.GetProperty("keyState").GetString().ShouldBe("accepted");
        account
            .GetProperty("permissions")
            .GetRawText()
            .ShouldBe("""{"trade":true,"withdraw":false,"transfer":false,"ipRestricted":true}""");
        account.GetProperty("lastChecked").GetDateTime().ShouldBe(fixture.Clock.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("withdraw", "This key may withdraw.")]
    [InlineData("internal", "This key may transfer")]
    [InlineData("universal", "This key may transfer")]
    [InlineData("read", "This key may not trade.")]
    public async Task KeyThatMayTooMuchOrTooLittle_IsTurnedDownAndNotStored(string right, string said)
    {
        var client = await ClientAsync();
        var key = await KeyAsync(
            right switch
            {
                "withdraw" => new FakeKeyRights { Withdrawals = true },
                "internal" => new FakeKeyRights { InternalTransfer = true },
                "universal" => new FakeKeyRights { UniversalTransfer = true },
                _ => new FakeKeyRights { SpotTrading = false },
            }
        );

        var answer = await AddAsync(client, key);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("errors")
            .GetProperty("apiKey")[0]
            .GetString()!
            .ShouldContain(said);
        (await client.GetFromJsonAsync<JsonElement>("/api/accounts")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task KeyTiedToNoAddress_IsStoredWithAWarning()
    {
        var client = await ClientAsync();

        var account = await ApiClient.SucceedAsync(await AddAsync(client, await KeyAsync(new FakeKeyRights { IpRestrict = false })));

        account.GetProperty("permissions").GetProperty("ipRestricted").GetBoolean().ShouldBeFalse();
        account.GetProperty("keyMessage").GetString()!.ShouldContain("tied to no address");
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task WrongKeyOrSecret_IsTurnedDown(bool wrongKey, bool wrongSecret)
    {
        var client = await ClientAsync();
        var key = await KeyAsync(new FakeKeyRights());

        var answer = await AddAsync(
            client,
            key with
            {
                Key = wrongKey ? new string('k', 64) : key.Key,
                Secret = wrongSecret ? new string('s', 64) : key.Secret,
            }
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain("does not take this key");
        text.ShouldNotContain(key.Secret);
    }

    [Fact]
    public async Task ExchangeThatDoesNotAnswer_LeavesTheKeyUnchecked()
    {
        await using var app = fixture.Build();
        app["Exchanges:binance:BaseUrl"] = $"http://127.0.0.1:{FreePort.Next()}";
        var client = await ApiClient.SignUpAsync(app.Address, $"{Guid.NewGuid():N}@example.org");

        var account = await ApiClient.SucceedAsync(await AddAsync(client, await KeyAsync(new FakeKeyRights())));

        account.GetProperty("keyState").GetString().ShouldBe("unchecked");
        account.GetProperty("keyMessage").GetString()!.ShouldContain("asked again");
        account.TryGetProperty("permissions", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task ADayLater_TheKeyIsAskedAboutAgain()
    {
        var client = await ClientAsync();
        var key = await KeyAsync(new FakeKeyRights());
        var id = (await ApiClient.SucceedAsync(await AddAsync(client, key))).GetProperty("id").GetGuid();
        await fixture.Exchange.SetRightsAsync(key, new FakeKeyRights { Withdrawals = true });
        var worker = fixture.App.Get<KeyCheckWorker>();
        await worker.CheckDueAsync(CancellationToken.None);
        (await RowAsync(id)).KeyState.ShouldBe(KeyState.Accepted);

        fixture.Clock.Advance(ApiKeyChecker.GoodFor);
        await worker.CheckDueAsync(CancellationToken.None);

        await Until.True(async () => (await RowAsync(id)).KeyState == KeyState.TooPowerful);
        var row = await RowAsync(id);
        (row.KeyMayWithdraw, row.KeyMessage!.Contains("may withdraw", StringComparison.Ordinal)).ShouldBe((true, true));
        row.KeyDueAt.ShouldNotBeNull().ShouldBeGreaterThan(fixture.Clock.GetUtcNow().UtcDateTime.AddHours(23));
    }

    [Fact]
    public async Task KeyThatIsTurnedDownWhileTrading_IsAskedAboutAtOnce()
    {
        var client = await ClientAsync();
        var key = await KeyAsync(new FakeKeyRights());
        var id = (await ApiClient.SucceedAsync(await AddAsync(client, key))).GetProperty("id").GetGuid();
        await fixture.Exchange.RevokeAsync(key);

        var balances = await client.GetAsync($"/api/accounts/{id}/balances");

        (await balances.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("exchange_refused_key");
        await Until.True(async () => (await RowAsync(id)).KeyState == KeyState.Rejected);
    }

    [Fact]
    public async Task OutageOfTheExchange_LeavesWhatItSaidBefore()
    {
        var client = await ClientAsync();
        var id = (await ApiClient.SucceedAsync(await AddAsync(client, await KeyAsync(new FakeKeyRights())))).GetProperty("id").GetGuid();
        await fixture.Exchange.FailAsync("/sapi/v1/account/apiRestrictions", 500);

        var verdict = await fixture.App.Get<ApiKeyChecker>().CheckAsync(await RowAsync(id), CancellationToken.None);
        await fixture.Exchange.ResetAsync();

        verdict.State.ShouldBe(KeyState.Unchecked);
        var row = await RowAsync(id);
        (row.KeyState, row.KeyMayTrade).ShouldBe((KeyState.Accepted, true));
        row.KeyDueAt.ShouldNotBeNull().ShouldBeLessThan(fixture.Clock.GetUtcNow().UtcDateTime.AddHours(1));
    }

    [Fact]
    public async Task BalancesOfALiveAccount_AreTheExchanges()
    {
        var client = await ClientAsync();
        var id = (
            await ApiClient.SucceedAsync(await AddAsync(client, await KeyAsync(new FakeKeyRights(), ("USDT", 12.5m), ("BTC", 0.00000001m))))
        )
            .GetProperty("id")
            .GetString();

        var balances = await client.GetFromJsonAsync<JsonElement>($"/api/accounts/{id}/balances");

        balances
            .GetRawText()
            .ShouldBe(
                """{"items":[{"asset":"BTC","free":"0.00000001","used":"0","total":"0.00000001"},"""
                    + """{"asset":"USDT","free":"12.5","used":"0","total":"12.5"}],"nextCursor":null}"""
            );
    }

    [Fact]
    public async Task Test_SaysWhatTheExchangeSaid()
    {
        var client = await ClientAsync();
        var key = await KeyAsync(new FakeKeyRights());
        var id = (await ApiClient.SucceedAsync(await AddAsync(client, key))).GetProperty("id").GetString();
        var good = await DoorsApp.PostAsync(client, $"/api/accounts/{id}/test", null);
        await fixture.Exchange.RevokeAsync(key);
        var bad = await DoorsApp.PostAsync(client, $"/api/accounts/{id}/test", null);

        (good.GetProperty("ok").GetBoolean(), good.GetProperty("keysVerified").GetBoolean()).ShouldBe((true, true), good.GetRawText());
        (bad.GetProperty("ok").GetBoolean(), bad.GetProperty("keysVerified").GetBoolean()).ShouldBe((false, true), bad.GetRawText());
        (await client.GetFromJsonAsync<JsonElement>($"/api/accounts/{id}")).GetProperty("keyState").GetString().ShouldBe("rejected");
    }

    [Fact]
    public async Task ClockFarFromTheExchanges_IsSaidByHealth()
    {
        var client = await ClientAsync();
        await ApiClient.SucceedAsync(await AddAsync(client, await KeyAsync(new FakeKeyRights())));
        await Until.True(async () => (await ClockAsync(client)).State == "up");
        try
        {
            await fixture.Exchange.SetClockAsync(TimeSpan.FromSeconds(3));
            await fixture.App.Get<ExchangeClocks>().MeasureAsync("binance", CancellationToken.None);

            var far = await ClockAsync(client);

            far.State.ShouldBe("degraded");
            far.Reason.ShouldContain("binance");
        }
        finally
        {
            await fixture.Exchange.SetClockAsync(TimeSpan.Zero);
            await fixture.App.Get<ExchangeClocks>().MeasureAsync("binance", CancellationToken.None);
        }
    }

    private static async Task<(string State, string Reason)> ClockAsync(HttpClient client)
    {
        var clock = (await client.GetFromJsonAsync<JsonElement>("/health/ready")).GetProperty("parts").GetProperty("clockDrift");
        return (clock.GetProperty("state").GetString()!, clock.GetProperty("reason").GetString()!);
    }

    private Task<HttpClient> ClientAsync() => ApiClient.SignUpAsync(fixture.App.Address, $"{Guid.NewGuid():N}@example.org");

    private Task<FakeKey> KeyAsync(FakeKeyRights rights, params (string Asset, decimal Amount)[] balances) =>
        fixture.Exchange.CreateAccountAsync(balances.ToDictionary(b => b.Asset, b => b.Amount), rights);

    private static Task<HttpResponseMessage> AddAsync(HttpClient client, FakeKey key) =>
        client.PostAsJsonAsync(
            "/api/accounts",
            new
            {
                name = "Main",
                exchange = "binance",
                mode = "live",
                apiKey = key.Key,
                secret = key.Secret,
            }
        );

    private async Task<ExchangeAccount> RowAsync(Guid id)
    {
        await using var db = await fixture.App.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        return await db.ExchangeAccounts.AsNoTracking().SingleAsync(a => a.Id == id);
    }
}
