using System.Net;
using ExEngine.Core.Alarms;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;

namespace ExEngine.Tests.Path.Live;

/// <summary>A trader with a live account at the fake exchange.</summary>
internal sealed record LiveTrader(LiveApp Live, HttpClient Client, Guid AccountId, FakeKey Key, Sender Door)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Sends a native alert, and again while the door asks for it, as alert platforms do.</summary>
    public async Task AlertAsync(string body, Sender? door = null)
    {
        door ??= Door;
        var told = await door.SendAsync(body);
        for (var i = 0; i < 5 && told.Status == HttpStatusCode.ServiceUnavailable; i++)
        {
            told = await door.SendAsync(body);
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

    /// <summary>Buys by an alert, and waits until it is held.</summary>
    /// <param name="more">More fields of the alert, such as a stop.</param>
    public async Task BuyAsync(string ticker, string quantity, string id, string? more = null, Sender? door = null)
    {
        var before = (await PositionsAsync()).Sum(p => p.Quantity);
        var end = more is null ? "" : "," + more;
        await AlertAsync($$"""{"ticker":"{{ticker}}","action":"buy","quantity":"{{quantity}}","id":"{{id}}"{{end}}}""", door);
        await Until.True(async () => (await PositionsAsync()).Sum(p => p.Quantity) > before, Patience);
    }

    /// <summary>One more webhook on the same account.</summary>
    /// <param name="maxSlippage">In percent.</param>
    /// <param name="defaultSize">What alerts without a size trade.</param>
    public async Task<Sender> WebhookAsync(string name, string? maxSlippage = null, object? defaultSize = null) =>
        Sender.At(
            await DoorsApp.PostAsync(
                Client,
                "/api/webhooks",
                new
                {
                    name,
                    accountId = AccountId,
                    auth = "hmac",
                    maxSlippage,
                    defaultSize,
                }
            ),
            Live.App.Address,
            "hmac"
        );

    public Task<List<Position>> PositionsAsync() =>
        Live.ReadAsync(db => db.Positions.AsNoTracking().Where(p => p.AccountId == AccountId).OrderBy(p => p.Id).ToListAsync());

    /// <summary>The stop orders that rest at the exchange now.</summary>
    public Task<List<Order>> RestingStopsAsync() =>
        Live.ReadAsync(db =>
            db.Orders.AsNoTracking()
                .Where(o => o.AccountId == AccountId && o.Origin == OrderOrigin.Protection && o.Status == OrderStatus.Open)
                .OrderBy(o => o.Id)
                .ToListAsync()
        );

    /// <summary>Alarms that last.</summary>
    public Task<List<Alarm>> AlarmsAsync() =>
        Live.ReadAsync(db => db.Alarms.AsNoTracking().Where(a => a.AccountId == AccountId && a.EndedAt == null).ToListAsync());

    /// <summary>In words, those that were raised by mistake among them: ended ones too.</summary>
    public Task<List<string>> AlarmsEverAsync() =>
        Live.ReadAsync(db => db.Alarms.Where(a => a.AccountId == AccountId).Select(a => $"{a.Kind} {a.Message}").ToListAsync());

    /// <summary>Waits for something of this account; when it does not come, says what is there.</summary>
    public Task BecomesAsync(Func<Task<bool>> condition, TimeSpan? patience = null) =>
        Until.True(condition, patience ?? Patience, () => SaidAsync().Result);

    public async Task<FakeLedger> LedgerAsync() => (await Live.Exchange.LedgerAsync()).OfAccount(Key.Account);

    private async Task<string> SaidAsync()
    {
        var orders = await Live.ReadAsync(db =>
            db.Orders.AsNoTracking().Where(o => o.AccountId == AccountId).OrderBy(o => o.Id).ToListAsync()
        );
        var signals = await Live.ReadAsync(db => db.Signals.AsNoTracking().Where(s => s.AccountId == AccountId).ToListAsync());
        return string.Join(
            '\n',
            [
                .. orders.Select(o =>
                    $"{o.Leg}/{o.Generation} {o.Side} {o.Type} {o.Quantity} {o.Status} filled {o.FilledQuantity} {o.Code} {o.Reason}"
                ),
                .. (await PositionsAsync()).Select(p => $"position {p.Symbol} {p.Quantity} {p.CloseCode} {p.CloseReason} {p.Protection}"),
                .. signals.Select(s => $"signal {s.Status} {s.Code} {s.Reason}"),
                .. (await AlarmsAsync()).Select(a => $"alarm {a.Kind} {a.Message}"),
            ]
        );
    }
}
