using ExEngine.Core.Data;
using ExEngine.Core.Engine.Leases;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Engine.Leases;

[NeedsServer]
public sealed class AccountLeasesTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    public static TheoryData<string> Databases => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task HeldAccount_IsNobodyElses(string database)
    {
        var leases = (await databases.OnAsync(database)).Get<AccountLeases>();
        var account = Guid.NewGuid();

        (await leases.TakeAsync(account, default)).ShouldNotBeNull();

        (await leases.TakeAsync(account, default)).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task OwnerThatWasFrozenPastItsLease_WritesNothing(string database)
    {
        var app = await databases.OnAsync(database);
        var leases = app.Get<AccountLeases>();
        var frozen = (await leases.TakeAsync(Guid.NewGuid(), default)).ShouldNotBeNull();
        await RunOutAsync(app, frozen.AccountId);

        (await leases.TakeAsync(frozen.AccountId, default)).ShouldNotBeNull();

        await Should.ThrowAsync<LeaseLostException>(() => leases.BeginAsync(frozen, default));
        await Should.ThrowAsync<LeaseLostException>(() => leases.RenewAsync(frozen, default));
    }

    [Fact]
    public async Task TakeOver_LeavesATransactionThatHasBegunAndWaitsForNobody()
    {
        var app = await databases.OnAsync(TwoDatabases.Postgres);
        var leases = app.Get<AccountLeases>();
        var owner = (await leases.TakeAsync(Guid.NewGuid(), default)).ShouldNotBeNull();
        await RunOutAsync(app, owner.AccountId);
        var write = await leases.BeginAsync(owner, default);

        (await leases.TakeAsync(owner.AccountId, default)).ShouldBeNull();
        await write.CommitAsync(default);
        await write.DisposeAsync();

        (await leases.TakeAsync(owner.AccountId, default)).ShouldNotBeNull();
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task GivenBack_IsFreeAtOnce(string database)
    {
        var leases = (await databases.OnAsync(database)).Get<AccountLeases>();
        var claim = (await leases.TakeAsync(Guid.NewGuid(), default)).ShouldNotBeNull();

        await leases.GiveBackAsync(claim, default);

        (await leases.TakeAsync(claim.AccountId, default)).ShouldNotBeNull();
    }

    private static async Task RunOutAsync(AppFactory app, Guid accountId)
    {
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var past = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        await db.AccountLeases.Where(l => l.AccountId == accountId).ExecuteUpdateAsync(s => s.SetProperty(l => l.ExpiresAt, past));
    }
}
