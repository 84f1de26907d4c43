using ExEngine.Core.Data;
using ExEngine.Core.Data.Sealing;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Data;

/// <summary>What the product needs of its database; both kinds must do all of it.</summary>
public abstract class DatabaseSuite : IAsyncLifetime
{
    private TestDatabase _database = null!;

    protected abstract Task<TestDatabase> CreateAsync();

    public async ValueTask InitializeAsync() => _database = await CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Model_HasNoChangeWithoutAMigration()
    {
        using var db = _database.Open();

        db.Database.HasPendingModelChanges().ShouldBeFalse("Run eng/new-migration.sh.");
    }

    [Fact]
    public async Task StoredTime_ComesBackAsTheSameUtcInstant()
    {
        var user = await _database.AddUserAsync();
        var at = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddMicroseconds(123_456);
        await ChangeAsync(db => db.Users.Single(u => u.Id == user.Id).CreatedAt = at);

        await using var reading = _database.Open();
        var read = (await reading.Users.SingleAsync(u => u.CreatedAt == at)).CreatedAt;

        read.ShouldBe(at);
        read.Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Fact]
    public async Task LocalTime_IsRefused()
    {
        var user = await _database.AddUserAsync();

        await Should.ThrowAsync<Exception>(() =>
            ChangeAsync(db => db.Users.Single(u => u.Id == user.Id).CreatedAt = new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Local))
        );
    }

    [Fact]
    public async Task IdsInTheOrderMade_SortInThatOrderInTheDatabase()
    {
        var ids = _database.Get<SequentialIds>();
        var made = Enumerable.Range(0, 500).Select(_ => ids.Next()).ToList();
        await ChangeAsync(db => db.Users.AddRange(made.Select(NewUser)));

        await using var reading = _database.Open();

        (await reading.Users.OrderBy(u => u.Id).Select(u => u.Id).ToListAsync()).ShouldBe(made);
        (await reading.Users.Where(u => u.Id < made[250]).CountAsync()).ShouldBe(250);
    }

    [Fact]
    public async Task SameNameTwice_IsRefusedWhileTheFirstLivesAndAllowedAfter()
    {
        var user = await _database.AddUserAsync();
        var first = NewAccount(user.Id, "Main");
        await ChangeAsync(db => db.ExchangeAccounts.Add(first));

        await Should.ThrowAsync<DbUpdateException>(() => ChangeAsync(db => db.ExchangeAccounts.Add(NewAccount(user.Id, "Main"))));

        await ChangeAsync(db => db.ExchangeAccounts.Single(a => a.Id == first.Id).DeletedAt = DateTime.UnixEpoch);
        await ChangeAsync(db => db.ExchangeAccounts.Add(NewAccount(user.Id, "Main")));
    }

    [Fact]
    public async Task SameDedupeKeyTwice_IsRefusedByTheDatabase()
    {
        var webhook = Guid.NewGuid();
        await ChangeAsync(db => db.Signals.Add(NewSignal(webhook, "abc")));

        await Should.ThrowAsync<DbUpdateException>(() => ChangeAsync(db => db.Signals.Add(NewSignal(webhook, "abc"))));
        await ChangeAsync(db => db.Signals.Add(NewSignal(Guid.NewGuid(), "abc")));
    }

    [Fact]
    public async Task UserDeleted_TakesAccountsAlong()
    {
        var user = await _database.AddUserAsync();
        await ChangeAsync(db => db.ExchangeAccounts.Add(NewAccount(user.Id, "Main")));

        await using (var db = _database.Open())
        {
            await db.Users.Where(u => u.Id == user.Id).ExecuteDeleteAsync();
        }

        await using var reading = _database.Open();
        (await reading.ExchangeAccounts.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task ManyWritersAtOnce_AllGetTheirTurn()
    {
        var ids = _database.Get<SequentialIds>();

        await Task.WhenAll(
            Enumerable
                .Range(0, 32)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        await ChangeAsync(db => db.Users.Add(NewUser(ids.Next())));
                    })
                )
        );

        await using var reading = _database.Open();
        (await reading.Users.CountAsync()).ShouldBe(32);
    }

    [Fact]
    public async Task SealedSecret_OpensOnlyInItsPlace()
    {
        await _database.Get<KeyRingCheck>().RunAsync(CancellationToken.None);
        var sealer = _database.Get<SecretSealer>();
        var place = new SecretPlace(nameof(ExchangeAccount), Guid.NewGuid(), Guid.NewGuid(), "Secret");

        var text = sealer.Seal(place, "s3cret");

        sealer.Open(place, text).ShouldBe("s3cret");
        Should.Throw<System.Security.Cryptography.CryptographicException>(() => sealer.Open(place with { RowId = Guid.NewGuid() }, text));
        Should.Throw<System.Security.Cryptography.CryptographicException>(() => sealer.Open(place with { Field = "ApiKey" }, text));
    }

    private async Task ChangeAsync(Action<AppDb> change)
    {
        await using var db = _database.Open();
        change(db);
        await db.SaveChangesAsync();
    }

    private static AppUser NewUser(Guid id) =>
        new()
        {
            Id = id,
            UserName = $"{id:N}@example.org",
            NormalizedUserName = $"{id:N}@EXAMPLE.ORG",
            CreatedAt = DateTime.UnixEpoch,
        };

    private ExchangeAccount NewAccount(Guid user, string name) =>
        new()
        {
            Id = _database.Get<SequentialIds>().Next(),
            UserId = user,
            Name = name,
            NormalizedName = name.ToUpperInvariant(),
            Exchange = "paper",
            CreatedAt = DateTime.UnixEpoch,
            UpdatedAt = DateTime.UnixEpoch,
        };

    private Signal NewSignal(Guid webhook, string dedupeKey) =>
        new()
        {
            Id = _database.Get<SequentialIds>().Next(),
            WebhookId = webhook,
            DedupeKey = dedupeKey,
            ReceivedAt = DateTime.UnixEpoch,
            Preset = "native",
            Payload = "{}",
            Detail = "{}",
            SourceIp = "192.0.2.1",
            RequestId = "1",
        };
}

[NeedsServer]
public sealed class SqliteSuite : DatabaseSuite
{
    protected override Task<TestDatabase> CreateAsync() => TestDatabase.SqliteAsync();
}

[NeedsServer]
public sealed class PostgresSuite : DatabaseSuite
{
    protected override Task<TestDatabase> CreateAsync() => TestDatabase.PostgresAsync();
}
