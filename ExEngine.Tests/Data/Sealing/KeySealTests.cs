using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Data.Sealing;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Webhooks;
using ExEngine.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Data.Sealing;

[NeedsServer]
public sealed class KeySealTests
{
    private const string Purpose = "cookie";

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    [InlineData("Redis")]
    public async Task CertificateThatComesLater_SealsEveryKeyAndEverySecretAgain(string kind)
    {
        await using var place = await Place.OnAsync(kind);
        await using var before = place.Start(sealedBy: null);
        await Until.True(() => before.Get<KeySealState>().Report.State == KeySeal.Unsealed);
        (await HealthAsync(before)).Reason.ShouldContain("unsealed: whoever copies");
        var secrets = await AddSecretsAsync(before, users: 30);
        var cookie = before.Get<IDataProtectionProvider>().CreateProtector(Purpose).Protect("signed in");
        (await before.Get<RingStore>().ReadAsync(CancellationToken.None)).ShouldHaveSingleItem().IsOpen.ShouldBeTrue();
        await before.DisposeAsync();

        await using var after = place.Start(place.Certificate);
        await Until.True(() => after.Get<KeySealState>().Report.State == KeySeal.Sealed, TimeSpan.FromSeconds(40));

        var keys = await after.Get<RingStore>().ReadAsync(CancellationToken.None);
        keys.Count.ShouldBe(2);
        keys.ShouldAllBe(k => !k.IsOpen && !k.Xml.Contains("masterKey>", StringComparison.Ordinal));
        await ShouldBeUnderAsync(after, keys.Single(k => k.IsTrusted).Id, secrets);
        after.Get<IDataProtectionProvider>().CreateProtector(Purpose).Unprotect(cookie).ShouldBe("signed in");
        (await HealthAsync(after)).ShouldSatisfyAllConditions(
            h => h.State.ShouldBe("up"),
            h => h.Reason.ShouldContain("sealed: every key is under a certificate"),
            h => h.Reason.ShouldNotContain("unsealed")
        );
        await after.DisposeAsync();

        await using var later = place.Start(place.Certificate);
        await Until.True(() => later.Get<KeySealState>().Report.State == KeySeal.Sealed);
        (await later.Get<RingStore>().ReadAsync(CancellationToken.None)).Select(k => k.Xml).ShouldBe(keys.Select(k => k.Xml));
        later.Get<IDataProtectionProvider>().CreateProtector(Purpose).Unprotect(cookie).ShouldBe("signed in");
    }

    [Fact]
    public async Task TwoInstancesThatGetTheCertificate_MakeOneKeyAndLoseNothing()
    {
        await using var place = await Place.OnAsync("PostgreSQL");
        await using var before = place.Start(sealedBy: null);
        var secrets = await AddSecretsAsync(before, users: 60);
        await before.DisposeAsync();

        await using var one = place.Start(place.Certificate);
        await using var other = place.Start(place.Certificate);
        await Task.WhenAll(Task.Run(() => one.Address), Task.Run(() => other.Address));
        foreach (var app in new[] { one, other })
        {
            await Until.True(() => app.Get<KeySealState>().Report.State == KeySeal.Sealed, TimeSpan.FromSeconds(60));
        }

        var keys = await one.Get<RingStore>().ReadAsync(CancellationToken.None);
        keys.Count.ShouldBe(2);
        await ShouldBeUnderAsync(other, keys.Single(k => k.IsTrusted).Id, secrets);
    }

    [Fact]
    public async Task SecretThatIsEditedMeanwhile_StaysAsItWasEdited()
    {
        await using var place = await Place.OnAsync("SQLite");
        await using var app = place.Start(sealedBy: null);
        await AddSecretsAsync(app, users: 1);
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var account = await db.ExchangeAccounts.SingleAsync();
        var column = app.Get<IEnumerable<SealedColumn>>().Single(c => c.Name == "ExchangeAccount.SecretSealed");
        var key = CiphertextKey.Of(account.SecretSealed!)!.Value;
        var read = (await column.FindAsync(db, CiphertextKey.Prefix(key), Guid.Empty, 10, CancellationToken.None)).ShouldHaveSingleItem();
        account.SecretSealed = app.Get<SecretSealer>().Seal(read.Place, "edited");
        await db.SaveChangesAsync();

        var resealed = app.Get<SecretSealer>().Seal(read.Place, app.Get<SecretSealer>().Open(read.Place, read.Ciphertext));
        (await column.ReplaceAsync(db, read, resealed, CancellationToken.None)).ShouldBeFalse();

        var stored = await db.ExchangeAccounts.AsNoTracking().SingleAsync();
        app.Get<SecretSealer>().Open(read.Place, stored.SecretSealed!).ShouldBe("edited");
    }

    [Fact]
    public async Task ResealThatIsInterrupted_GoesOnWithWhatIsLeft()
    {
        await using var place = await Place.OnAsync("SQLite");
        await using var app = place.Start(sealedBy: null);
        var secrets = await AddSecretsAsync(app, users: 50);
        var former = (await app.Get<RingStore>().ReadAsync(CancellationToken.None)).ShouldHaveSingleItem().Id;
        var now = app.Get<TimeProvider>().GetUtcNow();
        var next = app.Get<IKeyManager>().CreateNewKey(now, now.AddDays(90)).KeyId;
        var all = await app.Get<SecretReseal>().CountAsync([former], CancellationToken.None);

        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() =>
            app.Get<SecretReseal>().RunAsync([former], _ => stop.Cancel(), stop.Token)
        );
        (await app.Get<SecretReseal>().CountAsync([former], CancellationToken.None)).ShouldBe(all - SecretReseal.Step);
        await app.Get<SecretReseal>().RunAsync([former], _ => { }, CancellationToken.None);

        await ShouldBeUnderAsync(app, next, secrets);
    }

    [Fact]
    public async Task SecretThatDoesNotOpen_IsToldAndHoldsNothingUp()
    {
        await using var place = await Place.OnAsync("SQLite");
        await using var before = place.Start(sealedBy: null);
        await AddSecretsAsync(before, users: 2);
        await using (var db = await before.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync())
        {
            var account = await db.ExchangeAccounts.FirstAsync();
            account.SecretSealed = account.ApiKeySealed;
            await db.SaveChangesAsync();
        }

        await before.DisposeAsync();
        await using var after = place.Start(place.Certificate);

        await Until.True(() => after.Get<KeySealState>().Report is { Stuck: 1, SecretsLeft: 1, OpenKeys: 0 });
        (await HealthAsync(after)).ShouldSatisfyAllConditions(
            h => h.State.ShouldBe("degraded"),
            h => h.Reason.ShouldContain("unsealed: 1 secrets do not open")
        );
    }

    [Fact]
    public async Task EveryColumnThatIsSealed_IsSealedAgain()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await using var db = database.Open();

        var columns = db
            .Model.GetEntityTypes()
            .SelectMany(t => t.GetProperties().Select(p => (Row: t.ClrType, p.Name)))
            .Where(c => c.Name.EndsWith("Sealed", StringComparison.Ordinal) && c.Row != typeof(Canary))
            .Select(c => $"{c.Row.Name}.{c.Name}")
            .Append("IdentityUserToken.Value");

        database.Get<IEnumerable<SealedColumn>>().Select(c => c.Name).ShouldBe(columns, ignoreOrder: true);
    }

    private static async Task<Dictionary<string, string>> AddSecretsAsync(AppFactory app, int users)
    {
        var sealer = app.Get<SecretSealer>();
        var ids = app.Get<SequentialIds>();
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        for (var i = 0; i < users; i++)
        {
            var (user, account) = SealedRows.New(ids, i);
            SecretPlace Of(string field) => new(nameof(ExchangeAccount), user.Id, account.Id, field);
            account.ApiKeySealed = sealer.Seal(Of("ApiKey"), $"key {i}");
            account.SecretSealed = sealer.Seal(Of("Secret"), $"secret {i}");
            account.PassphraseSealed = sealer.Seal(Of("Passphrase"), $"passphrase {i}");
            var webhook = new Webhook
            {
                Id = ids.Next(),
                UserId = user.Id,
                AccountId = account.Id,
                Name = "hook",
                NormalizedName = "HOOK",
                TokenHash = [],
                TokenSealed = "",
                SecretSealed = "",
                Preset = "auto",
                CreatedAt = DateTime.UnixEpoch,
                UpdatedAt = DateTime.UnixEpoch,
            };
            app.Get<WebhookKeys>().Issue(webhook, $"token {i}", $"hook {i}");
            app.Get<WebhookKeys>().Rotate(webhook, $"token {i}", $"new hook {i}", DateTime.UnixEpoch.AddYears(90));
            db.AddRange(user, account, webhook);
            foreach (var name in new[] { "AuthenticatorKey", "RecoveryCodes" })
            {
                var text = sealer.Seal(new SecretPlace(nameof(AppUser), user.Id, user.Id, name), $"{name} {i}");
                db.UserTokens.Add(
                    new IdentityUserToken<Guid>
                    {
                        UserId = user.Id,
                        LoginProvider = "[AspNetUserStore]",
                        Name = name,
                        Value = text,
                    }
                );
            }
        }

        await db.SaveChangesAsync();
        return await OpenAllAsync(app);
    }

    private static async Task<Dictionary<string, string>> OpenAllAsync(AppFactory app)
    {
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var opened = new Dictionary<string, string>();
        foreach (var column in app.Get<IEnumerable<SealedColumn>>())
        {
            foreach (var secret in await column.FindAsync(db, "", Guid.Empty, 10_000, CancellationToken.None))
            {
                opened[$"{column.Name} {secret.Place}"] = app.Get<SecretSealer>().Open(secret.Place, secret.Ciphertext);
            }
        }

        opened.Count.ShouldBe(await db.Users.CountAsync() * 8);
        return opened;
    }

    private static async Task ShouldBeUnderAsync(AppFactory app, Guid key, Dictionary<string, string> secrets)
    {
        (await OpenAllAsync(app)).ShouldBe(secrets, ignoreOrder: true);
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        foreach (var column in app.Get<IEnumerable<SealedColumn>>())
        {
            (await column.FindAsync(db, "", Guid.Empty, 10_000, CancellationToken.None)).ShouldAllBe(s =>
                CiphertextKey.Of(s.Ciphertext) == key
            );
        }

        CiphertextKey.Of((await db.Canaries.AsNoTracking().SingleAsync()).Sealed).ShouldBe(key);
    }

    private static async Task<(string State, string Reason)> HealthAsync(AppFactory app)
    {
        using var client = new HttpClient { BaseAddress = app.Address };
        using var answer = await client.GetAsync("/health/ready");
        answer.IsSuccessStatusCode.ShouldBeTrue();
        using var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var part = report.RootElement.GetProperty("parts").GetProperty("keyRing");
        return (part.GetProperty("state").GetString()!, part.GetProperty("reason").GetString()!);
    }

    /// <summary>A database and a ring that outlive the instances on them.</summary>
    private sealed class Place : IAsyncDisposable
    {
        private readonly TempDirectory _directory = new();
        private RedisServer? _redis;
        private string? _postgres;

        public string Certificate { get; private set; } = "";

        public static async Task<Place> OnAsync(string kind)
        {
            var place = new Place();
            place.Certificate = await RingCertificate.WriteAsync(place._directory["ring.p12"]);
            place._redis = kind == "Redis" ? await RedisServer.StartAsync() : null;
            place._postgres = kind == "PostgreSQL" ? await (await PostgresServer.SharedAsync()).CreateDatabaseAsync() : null;
            return place;
        }

        public AppFactory Start(string? sealedBy) =>
            new()
            {
                ["Data:Directory"] = _directory["data"],
                ["ConnectionStrings:Postgres"] = _postgres,
                ["ConnectionStrings:Redis"] = _redis?.ConnectionString,
                ["DataProtection:KeyRing"] = _redis is null ? "Database" : "Redis",
                ["DataProtection:CertificatePath"] = sealedBy,
                ["DataProtection:CertificatePassword"] = RingCertificate.Password,
                ["DataProtection:ResealAfter"] = "00:00:00",
                ["Gateway:Enabled"] = "false",
            };

        public async ValueTask DisposeAsync()
        {
            if (_redis is not null)
            {
                await _redis.DisposeAsync();
            }

            _directory.Dispose();
        }
    }
}
