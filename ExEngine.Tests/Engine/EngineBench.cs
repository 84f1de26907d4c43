using ExEngine.Core.Data;
using ExEngine.Core.Engine;
using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Core.Reconciliation;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;

namespace ExEngine.Tests.Engine;

/// <summary>One user's paper account under a lease, for tests of the parts of the engine: real database, real paper exchange.</summary>
internal sealed class EngineBench
{
    public required AppFactory App { get; init; }
    public required SignalRows Rows { get; init; }
    public required ExchangeAccount Account { get; init; }
    public required AccountClaim Claim { get; init; }
    public required InFlightRequests InFlight { get; init; }

    public AccountSession Session => new(Claim, Account, App.Get<ExchangeFactory>().Of(Account), App.Get<MarketCatalog>());

    public static async Task<EngineBench> NewAsync(AppFactory app)
    {
        var rows = await SignalRows.NewAsync(app);
        var account = (await app.Get<AccountReader>().AccountAsync(rows.AccountId, default)).ShouldNotBeNull();
        return new EngineBench
        {
            App = app,
            Rows = rows,
            Account = account,
            Claim = (await app.Get<AccountLeases>().TakeAsync(rows.AccountId, default)).ShouldNotBeNull(),
            InFlight = new InFlightRequests(() => { }, () => { }, app.Get<OrderHistoryReader>(), TimeProvider.System),
        };
    }

    public async Task<Guid> AddOrderAsync(Action<Order> change) => (await new OrderRows(App, Rows).AddAsync(change))[0];

    public Task<AccountState> StateAsync() => App.Get<AccountReader>().StateAsync(Rows.AccountId, default);

    public async Task<Order> OrderAsync(Guid id)
    {
        await using var db = await Rows.DatabaseAsync();
        return await db.Orders.AsNoTracking().SingleAsync(o => o.Id == id);
    }

    public async Task<IReadOnlyList<Order>> OrdersAsync()
    {
        await using var db = await Rows.DatabaseAsync();
        return await db.Orders.AsNoTracking().Where(o => o.AccountId == Rows.AccountId).OrderBy(o => o.Id).ToListAsync();
    }

    public async Task<Position?> PositionAsync()
    {
        await using var db = await Rows.DatabaseAsync();
        return await db.Positions.AsNoTracking().SingleOrDefaultAsync(p => p.AccountId == Rows.AccountId);
    }

    public async Task<Signal> SignalAsync(Guid id)
    {
        await using var db = await Rows.DatabaseAsync();
        return await db.Signals.AsNoTracking().SingleAsync(s => s.Id == id);
    }

    /// <summary>Somebody else takes the account, as after this instance was frozen past its lease.</summary>
    public async Task LoseLeaseAsync()
    {
        await using var db = await App.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        await db
            .AccountLeases.Where(l => l.AccountId == Rows.AccountId)
            .ExecuteUpdateAsync(s => s.SetProperty(l => l.ClaimId, Guid.NewGuid()));
    }
}
