using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Accounts;

[NeedsServer]
public sealed class AccountEndpointsTests(DoorsApp app)
{
    private static readonly object Live = new
    {
        name = "Main",
        exchange = "binance",
        mode = "live",
        apiKey = "key-that-nobody-knows-7788",
        secret = "secret-that-nobody-knows-9911",
    };

    [Fact]
    public async Task PaperAccountWithoutBalances_StartsWithTenThousand()
    {
        var client = await app.SignUpAsync();

        var created = await client.PostAsJsonAsync("/api/accounts", new { name = "  Paper one ", exchange = "paper" });
        var account = await ApiClient.SucceedAsync(created);

        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        created.Headers.Location!.ToString().ShouldBe($"/api/accounts/{account.GetProperty("id").GetString()}");
        account.GetProperty("name").GetString().ShouldBe("Paper one");
        account.GetProperty("mode").GetString().ShouldBe("paper");
        account.GetProperty("paperBalances").GetRawText().ShouldBe("""{"USDT":"10000"}""");
    }

    [Fact]
    public async Task BalancesAsNumbers_AreKeptDigitForDigit()
    {
        var client = await app.SignUpAsync();
        using var body = new StringContent(
            """{"name":"Exact","exchange":"paper","paperBalances":{"USDT":10000.10,"BTC":"0.123456789012345678"}}""",
            Encoding.UTF8,
            "application/json"
        );
        var id = (await ApiClient.SucceedAsync(await client.PostAsync("/api/accounts", body))).GetProperty("id").GetString();

        var balances = await client.GetFromJsonAsync<JsonElement>($"/api/accounts/{id}/balances");

        balances
            .GetRawText()
            .ShouldBe(
                """{"items":[{"asset":"BTC","free":"0.123456789012345678","used":"0","total":"0.123456789012345678"},"""
                    + """{"asset":"USDT","free":"10000.10","used":"0","total":"10000.10"}],"nextCursor":null}"""
            );
    }

    [Fact]
    public async Task Secrets_AreInNoAnswerAndNotInTheDatabaseFile()
    {
        var client = await app.SignUpAsync();
        var created = await client.PostAsJsonAsync("/api/accounts", Live);
        var id = (await ApiClient.SucceedAsync(created)).GetProperty("id").GetString();

        var answers = await created.Content.ReadAsStringAsync();
        foreach (var path in new[] { "/api/accounts", $"/api/accounts/{id}" })
        {
            answers += await client.GetStringAsync(path);
        }

        answers.ShouldContain("\"apiKeyHint\":\"7788\"");
        answers.ShouldNotContain("nobody-knows");
        using var db = app.Get<IDbContextFactory<AppDb>>().CreateDbContext();
        var row = await db.ExchangeAccounts.SingleAsync(a => a.Id == Guid.Parse(id!));
        app.Get<SecretSealer>()
            .Open(new SecretPlace("ExchangeAccount", row.UserId, row.Id, "Secret"), row.SecretSealed!)
            .ShouldBe("secret-that-nobody-knows-9911");
        foreach (var file in Directory.GetFiles(app["Data:Directory"]!, "*.db*"))
        {
            Bytes(file).AsSpan().IndexOf("nobody-knows"u8).ShouldBe(-1, file);
        }
    }

    [Fact]
    public async Task PutWithEmptySecret_KeepsTheStoredOne()
    {
        var client = await app.SignUpAsync();
        var id = (await DoorsApp.PostAsync(client, "/api/accounts", Live)).GetProperty("id").GetString();

        var changed = await ApiClient.SucceedAsync(
            await client.PutAsJsonAsync($"/api/accounts/{id}", new { name = "Renamed", secret = "" })
        );

        changed.GetProperty("name").GetString().ShouldBe("Renamed");
        changed.GetProperty("apiKeyHint").GetString().ShouldBe("7788");
        changed.GetProperty("hasSecret").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task PutWithAnotherExchange_IsRefusedAtTheField()
    {
        var client = await app.SignUpAsync();
        var id = (await DoorsApp.PostAsync(client, "/api/accounts", Live)).GetProperty("id").GetString();

        var answer = await client.PutAsJsonAsync(
            $"/api/accounts/{id}",
            new
            {
                name = "Main",
                exchange = "okx",
                mode = "paper",
            }
        );

        (await ErrorsAsync(answer)).Keys.ShouldBe(["exchange", "mode"], ignoreOrder: true);
    }

    [Fact]
    public async Task SameNameInOtherCase_IsRefused()
    {
        var client = await app.SignUpAsync();
        await DoorsApp.PaperAccountAsync(client, "Straße 1");

        var answer = await client.PostAsJsonAsync("/api/accounts", new { name = " STRAßE 1 ", exchange = "paper" });

        (await ErrorsAsync(answer))["name"].ShouldHaveSingleItem().ShouldContain("already have an account");
    }

    [Fact]
    public async Task SameNameAtTheSameTime_OneIsMadeAndTheOthersAreRefused()
    {
        var client = await app.SignUpAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => client.PostAsJsonAsync("/api/accounts", new { name = "Race", exchange = "paper" }))
        );

        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.BadRequest).ShouldBe(7);
    }

    [Fact]
    public async Task DeletedAccount_IsGoneItsSecretsAreWipedAndItsNameIsFree()
    {
        var client = await app.SignUpAsync();
        var id = (await DoorsApp.PostAsync(client, "/api/accounts", Live)).GetProperty("id").GetString();

        (await client.DeleteAsync($"/api/accounts/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await client.GetAsync($"/api/accounts/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var db = app.Get<IDbContextFactory<AppDb>>().CreateDbContext();
        var row = await db.ExchangeAccounts.SingleAsync(a => a.Id == Guid.Parse(id!));
        new[] { row.ApiKeySealed, row.SecretSealed, row.PassphraseSealed, row.ApiKeyHint }.ShouldAllBe(s => s == null);
        await DoorsApp.PostAsync(client, "/api/accounts", Live);
    }

    [Fact]
    public async Task DeletingAnAccountThatAWebhookUses_IsRefusedAndNamesIt()
    {
        var client = await app.SignUpAsync();
        var account = await DoorsApp.PaperAccountAsync(client);
        await DoorsApp.PostAsync(client, "/api/webhooks", new { name = "Trend follower", accountId = account });

        var answer = await client.DeleteAsync($"/api/accounts/{account}");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        problem.GetProperty("code").GetString().ShouldBe("account_in_use");
        problem.GetProperty("detail").GetString()!.ShouldContain("Trend follower");
        problem.GetProperty("usedBy")[0].GetProperty("name").GetString().ShouldBe("Trend follower");
        (await client.GetFromJsonAsync<JsonElement>($"/api/accounts/{account}")).GetProperty("usedBy").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task ManyAccounts_ArePagedNewestFirstWithoutGapsOrRepeats()
    {
        var client = await app.SignUpAsync();
        for (var i = 0; i < 5; i++)
        {
            await DoorsApp.PaperAccountAsync(client, $"Paper {i}");
        }

        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/api/accounts?limit=2&cursor={cursor}");
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(a => a.GetProperty("name").GetString()!));
            cursor = page.GetProperty("nextCursor").GetString();
        } while (cursor is not null);

        names.ShouldBe(["Paper 4", "Paper 3", "Paper 2", "Paper 1", "Paper 0"]);
    }

    [Theory]
    [InlineData("?limit=0", "limit is 1 to 500.")]
    [InlineData("?limit=501", "limit is 1 to 500.")]
    [InlineData("?cursor=abc", "cursor")]
    public async Task ListWithWrongPage_IsABadRequest(string query, string expected)
    {
        var client = await app.SignUpAsync();

        var answer = await client.GetAsync("/api/accounts" + query);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!.ShouldContain(expected);
    }

    [Theory]
    [InlineData("{\"name\":", "ends before its JSON does")]
    [InlineData("{\"name\":\"A b c\",\"mode\":\"both\"}", "mode is one of \"paper\", \"live\"; \"both\" was sent")]
    [InlineData("{\"name\":\"A b c\",\"paperBalances\":{\"USDT\":true}}", "USDT")]
    [InlineData("", "The body is empty")]
    public async Task BodyThatIsNotTheExpectedJson_IsABadRequestThatSaysWhere(string body, string expected)
    {
        var client = await app.SignUpAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var answer = await client.PostAsync("/api/accounts", content);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        problem.GetProperty("code").GetString().ShouldBe("bad_request");
        problem.GetProperty("detail").GetString()!.ShouldContain(expected);
    }

    [Fact]
    public async Task BalancesOfALiveAccountWhoseExchangeIsAway_SayThatItDidNotAnswer()
    {
        var client = await app.SignUpAsync();
        var id = (await DoorsApp.PostAsync(client, "/api/accounts", Live)).GetProperty("id").GetString();

        var answer = await client.GetAsync($"/api/accounts/{id}/balances");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("exchange_unavailable");
    }

    [Fact]
    public async Task TestOfAPaperAccount_IsOk()
    {
        var client = await app.SignUpAsync();
        var id = await DoorsApp.PaperAccountAsync(client);

        var test = await DoorsApp.PostAsync(client, $"/api/accounts/{id}/test", null);

        test.GetProperty("ok").GetBoolean().ShouldBeTrue();
        test.GetProperty("keysVerified").GetBoolean().ShouldBeFalse();
    }

    private static async Task<Dictionary<string, string[]>> ErrorsAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("code").GetString().ShouldBe("validation_failed");
        return problem.GetProperty("errors").Deserialize<Dictionary<string, string[]>>()!;
    }

    private static byte[] Bytes(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
