using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks;

[NeedsServer]
public sealed class WebhookEndpointsTests(DoorsApp app)
{
    [Fact]
    public async Task UrlAndSecret_AreAnsweredOnceAndNowhereElse()
    {
        var client = await app.SignUpAsync();
        var created = await DoorsApp.WebhookAsync(client);
        var (id, url, secret) = Issued(created);

        var later = await client.GetStringAsync("/api/webhooks") + await client.GetStringAsync($"/api/webhooks/{id}");

        url.ShouldStartWith($"{app.Address.GetLeftPart(UriPartial.Authority)}/hooks/");
        var token = url.Split('/')[^1];
        token.Length.ShouldBe(32);
        later.ShouldContain(id);
        later.ShouldNotContain(token);
        later.ShouldNotContain(secret);
        using var db = app.Get<IDbContextFactory<AppDb>>().CreateDbContext();
        var row = await db.Webhooks.SingleAsync(w => w.Id == Guid.Parse(id));
        row.TokenHash.ShouldBe(WebhookToken.Hash(token));
        app.Get<SecretSealer>().Open(new SecretPlace("Webhook", row.UserId, row.Id, "Token"), row.TokenSealed).ShouldBe(token);
        foreach (var file in Directory.GetFiles(app["Data:Directory"]!, "*.db*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            var text = await reader.ReadToEndAsync();
            text.ShouldNotContain(token);
            text.ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task TradingViewWebhook_IsPrefilledForWhatTradingViewCanDo()
    {
        var client = await app.SignUpAsync();
        var account = await DoorsApp.PaperAccountAsync(client);

        var webhook = await DoorsApp.PostAsync(
            client,
            "/api/webhooks",
            new
            {
                name = "From TradingView",
                accountId = account,
                sender = "tradingView",
            }
        );

        webhook.GetProperty("auth").GetString().ShouldBe("secret");
        webhook.GetProperty("preset").GetString().ShouldBe("auto");
        webhook.GetProperty("rounding").GetString().ShouldBe("round");
        webhook
            .GetProperty("allowedIps")
            .EnumerateArray()
            .Select(i => i.GetString())
            .ShouldBe([.. SourceAddresses.TradingView, .. SourceAddresses.ThisMachine]);
    }

    [Fact]
    public async Task AllFields_ComeBackAsTheyWereSent()
    {
        var client = await app.SignUpAsync();
        var sent = new
        {
            sender = "other",
            preset = "native",
            rateLimit = new { permits = 20, windowSeconds = 60 },
            maxLagSeconds = 30,
            rounding = "round",
            defaultSize = new { mode = "percentOfEquity", value = "12.50" },
            allowedIps = new[] { "10.0.0.0/8", "2001:db8::1" },
            execute = false,
        };

        var id = (await DoorsApp.WebhookAsync(client, "standard", sent)).GetProperty("id").GetString();
        var webhook = await client.GetFromJsonAsync<JsonElement>($"/api/webhooks/{id}");

        webhook.GetProperty("rateLimit").GetRawText().ShouldBe("""{"permits":20,"windowSeconds":60}""");
        webhook.GetProperty("maxLagSeconds").GetInt32().ShouldBe(30);
        webhook.GetProperty("rounding").GetString().ShouldBe("round");
        webhook.GetProperty("defaultSize").GetRawText().ShouldBe("""{"mode":"percentOfEquity","value":"12.5"}""");
        webhook.GetProperty("allowedIps").GetRawText().ShouldBe("""["10.0.0.0/8","2001:db8::1"]""");
        webhook.GetProperty("execute").GetBoolean().ShouldBeFalse();
        webhook.GetProperty("enabled").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task WhatGetAnswers_CanBePutBack()
    {
        var client = await app.SignUpAsync();
        var id = (await DoorsApp.WebhookAsync(client, "hmac", new { maxLagSeconds = 7 })).GetProperty("id").GetString();
        var before = await client.GetFromJsonAsync<JsonElement>($"/api/webhooks/{id}");

        var after = await ApiClient.SucceedAsync(await client.PutAsJsonAsync($"/api/webhooks/{id}", before));

        foreach (var field in before.EnumerateObject().Where(f => f.Name != "updatedAt"))
        {
            after.GetProperty(field.Name).GetRawText().ShouldBe(field.Value.GetRawText());
        }

        after.TryGetProperty("secret", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task AnotherWayToAuthenticate_IssuesAnotherSecretAndEndsTheRotation()
    {
        var client = await app.SignUpAsync();
        var created = await DoorsApp.WebhookAsync(client, "hmac");
        var id = created.GetProperty("id").GetString();
        await DoorsApp.PostAsync(client, $"/api/webhooks/{id}/rotate", null);

        var changed = await ApiClient.SucceedAsync(
            await client.PutAsJsonAsync(
                $"/api/webhooks/{id}",
                new
                {
                    name = "Other way",
                    accountId = created.GetProperty("accountId").GetString(),
                    auth = "standard",
                }
            )
        );

        changed.GetProperty("secret").GetString()!.ShouldStartWith("whsec_");
        changed.TryGetProperty("url", out _).ShouldBeFalse();
        changed.TryGetProperty("previousUntil", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Rotation_KeepsTheFormerPairSealedUntilItEnds()
    {
        var client = await app.SignUpAsync();
        var (id, oldUrl, oldSecret) = Issued(await DoorsApp.WebhookAsync(client));

        var rotated = await DoorsApp.PostAsync(client, $"/api/webhooks/{id}/rotate", null);

        var (_, newUrl, newSecret) = Issued(rotated);
        newUrl.ShouldNotBe(oldUrl);
        newSecret.ShouldNotBe(oldSecret);
        var row = await RowAsync(id);
        row.TokenHash.ShouldBe(WebhookToken.Hash(newUrl.Split('/')[^1]));
        row.PreviousTokenHash.ShouldBe(WebhookToken.Hash(oldUrl.Split('/')[^1]));
        app.Get<SecretSealer>()
            .Open(new SecretPlace("Webhook", row.UserId, row.Id, "PreviousSecret"), row.PreviousSecretSealed!)
            .ShouldBe(oldSecret);
        (rotated.GetProperty("previousUntil").GetDateTime() - row.UpdatedAt).ShouldBe(TimeSpan.FromHours(24), TimeSpan.FromSeconds(1));

        var ended = await DoorsApp.PostAsync(client, $"/api/webhooks/{id}/rotate/end", null);

        ended.TryGetProperty("previousUntil", out _).ShouldBeFalse();
        row = await RowAsync(id);
        row.PreviousTokenHash.ShouldBeNull();
        row.PreviousSecretSealed.ShouldBeNull();
    }

    [Fact]
    public async Task DeletedWebhook_IsGoneAndNothingOpensItAnyMore()
    {
        var client = await app.SignUpAsync();
        var (id, url, _) = Issued(await DoorsApp.WebhookAsync(client));
        await DoorsApp.PostAsync(client, $"/api/webhooks/{id}/rotate", null);

        (await client.DeleteAsync($"/api/webhooks/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await client.GetAsync($"/api/webhooks/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PostAsync($"/api/webhooks/{id}/test", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var row = await RowAsync(id);
        row.TokenHash.ShouldNotBe(WebhookToken.Hash(url.Split('/')[^1]));
        row.PreviousTokenHash.ShouldBeNull();
        (row.TokenSealed + row.SecretSealed).ShouldBe("");
    }

    [Fact]
    public async Task EveryChange_IsToldToTheFeed()
    {
        var client = await app.SignUpAsync();
        var created = await DoorsApp.WebhookAsync(client);
        var id = created.GetProperty("id").GetString()!;
        var heard = new List<ChangeEvent>();
        using var _ = app.Get<ChangeFeed>().Subscribe((await RowAsync(id)).UserId, heard.Add);

        await client.PutAsJsonAsync(
            $"/api/webhooks/{id}",
            new { name = "Changed", accountId = created.GetProperty("accountId").GetString() }
        );
        await client.PostAsync($"/api/webhooks/{id}/rotate", null);
        await client.PostAsync($"/api/webhooks/{id}/rotate/end", null);
        await client.DeleteAsync($"/api/webhooks/{id}");

        heard.Count(e => e == new ChangeEvent(e.UserId, ChangeKind.Webhook, Guid.Parse(id))).ShouldBe(4);
    }

    [Fact]
    public async Task SomeoneElsesAccount_IsNotKnown()
    {
        var stranger = await app.SignUpAsync();
        var theirs = await DoorsApp.PaperAccountAsync(stranger);
        var client = await app.SignUpAsync();

        var answer = await client.PostAsJsonAsync("/api/webhooks", new { name = "Mine", accountId = theirs });

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("You have no such account");
    }

    [Fact]
    public async Task PublicUrl_IsWhatSendersGet()
    {
        await using var other = new AppFactory { ["Webhooks:PublicUrl"] = "https://alerts.example.com/" };
        var client = await ApiClient.SignUpAsync(other.Address);

        var (_, url, _) = Issued(await DoorsApp.WebhookAsync(client));

        url.ShouldStartWith("https://alerts.example.com/hooks/");
    }

    private static (string Id, string Url, string Secret) Issued(JsonElement answer) =>
        (answer.GetProperty("id").GetString()!, answer.GetProperty("url").GetString()!, answer.GetProperty("secret").GetString()!);

    private async Task<Webhook> RowAsync(string id)
    {
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        return await db.Webhooks.AsNoTracking().SingleAsync(w => w.Id == Guid.Parse(id));
    }
}
