using System.Net;
using ExEngine.Core.Orders;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;

namespace ExEngine.Tests.Path;

/// <summary>A trader with a live account at the fake exchange.</summary>
internal sealed record LiveTrader(LiveApp Live, HttpClient Client, Guid AccountId, FakeKey Key, Sender Door)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Sends a native alert, and again while the door asks for it, as alert platforms do.</summary>
    public async Task AlertAsync(string body)
    {
        var told = await Door.SendAsync(body);
        for (var i = 0; i < 5 && told.Status == HttpStatusCode.ServiceUnavailable; i++)
        {
            told = await Door.SendAsync(body);
        }

        told.Status.ShouldBeOneOf(HttpStatusCode.Accepted, HttpStatusCode.OK);
    }

    /// <summary>All its orders, oldest first, once there are so many and each is settled.</summary>
    public async Task<IReadOnlyList<Order>> SettledAsync(int count)
    {
        var orders = new List<Order>();
        await Until.True(
            async () =>
            {
                orders = await Live.ReadAsync(db =>
                    db.Orders.AsNoTracking().Where(o => o.AccountId == AccountId).OrderBy(o => o.Id).ToListAsync()
                );
                return orders.Count >= count && orders.All(o => o.SettledAt is not null);
            },
            Patience,
            () => string.Join(", ", orders.Select(o => $"{o.Leg}/{o.Generation} {o.Status} {o.Code}"))
        );
        return orders;
    }

    public async Task<FakeLedger> LedgerAsync() => (await Live.Exchange.LedgerAsync()).OfAccount(Key.Account);
}
