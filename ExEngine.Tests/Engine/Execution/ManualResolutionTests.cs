using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Placement;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Engine.Execution;

[NeedsServer]
public sealed class ManualResolutionTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    [Fact]
    public async Task WordWhileANewOwnerFindsTheOrder_WaitsForThatAndIsRefused()
    {
        var app = await databases.OnAsync(TwoDatabases.Postgres);
        var rows = await SignalRows.NewAsync(app);
        var id = (await new OrderRows(app, rows).AddAsync(o => (o.Status, o.ExchangeOrderId) = (OrderStatus.NeedsOperator, null)))[0];
        await using var owner = await rows.DatabaseAsync();
        await using var transaction = await owner.Database.BeginTransactionAsync();
        await owner.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO account_leases (account_id, holder, claim_id, expires_at)
            VALUES ({rows.AccountId}, 'another', {Guid.NewGuid()}, clock_timestamp() + interval '1 minute')
            """
        );

        var said = app.Get<ManualResolution>().SayNotPlacedAsync(rows.UserId, id, CancellationToken.None);
        await using var watcher = await rows.DatabaseAsync();
        await Until.True(async () =>
            said.IsCompleted
            || await watcher
                .Database.SqlQuery<int>(
                    $"SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
                )
                .SingleAsync() > 0
        );
        await owner.Orders.Where(o => o.Id == id).ExecuteUpdateAsync(s => s.SetProperty(o => o.Status, OrderStatus.Open));
        await transaction.CommitAsync();

        (await said).ShouldBeOfType<OrderResult.Refused>();
        (await watcher.Orders.AsNoTracking().SingleAsync(o => o.Id == id)).Status.ShouldBe(OrderStatus.Open);
    }

    [Fact]
    public async Task WordOnAnAccountThatNobodyOwns_CountsAndLeavesItFreeToTake()
    {
        var app = await databases.OnAsync(TwoDatabases.Postgres);
        var rows = await SignalRows.NewAsync(app);
        var id = (await new OrderRows(app, rows).AddAsync(o => (o.Status, o.ExchangeOrderId) = (OrderStatus.NeedsOperator, null)))[0];

        var said = await app.Get<ManualResolution>().SayNotPlacedAsync(rows.UserId, id, CancellationToken.None);

        said.ShouldBeOfType<OrderResult.Done>().Order.Status.ShouldBe(OrderStatus.NotPlaced);
        (await app.Get<AccountLeases>().TakeAsync(rows.AccountId, CancellationToken.None)).ShouldNotBeNull();
    }
}
