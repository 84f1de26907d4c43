using System.Diagnostics;
using System.Net;
using ExEngine.Core.Orders;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Path.Live;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Tests.Path.Chaos;

/// <summary>
/// Every fault × executed or not × market or limit: the placing of each order meets exactly its fault. Each fault has an account
/// of its own and each order a symbol of its own, so that none waits for another.
/// </summary>
internal sealed class AmbiguityMatrix(int ordersEach) : IAsyncDisposable
{
    private const decimal Price = 100,
        Limit = 90,
        Quantity = 1;

    /// <summary>What the requirement gives them, with the shortened options of <see cref="LiveApp"/>.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly LiveApp _live = new();

    private sealed record Sent(LiveTrader Trader, Guid SignalId, bool IsLimit, string Cell);

    /// <summary>Symbols that are listed for it; to be done before the application first asks for the rules.</summary>
    public async Task StartAsync()
    {
        await _live.InitializeAsync();
        for (var i = 0; i < ordersEach * 4; i++)
        {
            await _live.Exchange.SetMarketAsync(new FakeMarket($"M{i}", "USDT", "0.01000000", "0.01000000") { StartPrice = Price });
        }
    }

    /// <summary>Sends, waits until everything is settled, lets the limit orders fill, and audits.</summary>
    /// <returns>What was wrong, and how long the slowest took to be settled.</returns>
    public async Task<(OrderAudit Audit, TimeSpan Settled)> RunAsync(params FaultKind[] kinds)
    {
        await _live.Exchange.ResetAsync();
        await SetPricesAsync(Price);
        var traders = new List<(FaultKind Kind, LiveTrader Trader)>();
        foreach (var kind in kinds)
        {
            traders.Add((kind, await _live.TraderAsync(("USDT", 1_000_000m))));
        }

        var watch = Stopwatch.StartNew();
        var sent = (await Task.WhenAll(traders.Select(t => SendAsync(t.Kind, t.Trader)))).SelectMany(s => s).ToList();
        await SettleAsync(sent, o => o.SettledAt is not null || o.Status == OrderStatus.Open);
        var settled = watch.Elapsed;
        await SetPricesAsync(Limit - 1);
        await SettleAsync(sent, o => o.SettledAt is not null);
        return (await AuditAsync(sent), settled);
    }

    public ValueTask DisposeAsync() => _live.DisposeAsync();

    private Task SetPricesAsync(decimal price) =>
        Task.WhenAll(Enumerable.Range(0, ordersEach * 4).Select(i => _live.Exchange.SetPriceAsync($"M{i}USDT", price)));

    private async Task<List<Sent>> SendAsync(FaultKind kind, LiveTrader trader)
    {
        var sent = new List<Sent>();
        for (var i = 0; i < ordersEach * 4; i++)
        {
            var (executed, isLimit) = (i % 2 == 0, i % 4 < 2);
            await _live.Exchange.FaultAsync(
                new FakeFault(kind, executed, FaultOn.Place)
                {
                    Account = trader.Key.Account,
                    Symbol = $"M{i}USDT",
                    Milliseconds = 3_000,
                }
            );
            var told = await trader.Door.SendAsync(
                isLimit
                    ? $$"""{"symbol":"M{{i}}/USDT","action":"buy","order_type":"limit","trade_price":"{{Limit}}","trade_quantity":"{{Quantity}}","id":"{{i}}"}"""
                    : $$"""{"symbol":"M{{i}}/USDT","action":"buy","order_type":"market","trade_quantity":"{{Quantity}}","id":"{{i}}"}"""
            );
            if (told.Status != HttpStatusCode.Accepted)
            {
                throw new InvalidOperationException($"{kind}, alert {i}: {told}");
            }

            sent.Add(new Sent(trader, told.Id, isLimit, $"{kind}{(executed ? "" : " not")} executed {(isLimit ? "limit" : "market")}"));
        }

        return sent;
    }

    private async Task SettleAsync(List<Sent> sent, Func<Order, bool> isSettled)
    {
        var open = sent;
        List<Order> orders = [];
        await Until.True(
            async () =>
            {
                orders = await OrdersAsync(sent);
                var rows = orders.ToLookup(o => o.OriginId);
                open = sent.FindAll(s => !rows[s.SignalId].Any() || !rows[s.SignalId].All(isSettled));
                return open.Count == 0;
            },
            Patience,
            () =>
                string.Join(
                    '\n',
                    open.Select(s =>
                        s.Cell
                        + ": "
                        + string.Join(
                            ", ",
                            orders.Where(o => o.OriginId == s.SignalId).Select(o => $"{o.Generation} {o.Status} {o.Code} {o.Reason}")
                        )
                    )
                )
        );
    }

    private async Task<List<Order>> OrdersAsync(List<Sent> sent)
    {
        var accounts = sent.Select(s => s.Trader.AccountId).Distinct().ToList();
        return await _live.ReadAsync(db => db.Orders.AsNoTracking().Where(o => accounts.Contains(o.AccountId)).ToListAsync());
    }

    private async Task<OrderAudit> AuditAsync(List<Sent> sent)
    {
        var orders = await OrdersAsync(sent);
        var names = sent.Select(s => s.Trader.Key.Account).ToHashSet();
        var ledger = new FakeLedger([.. (await _live.Exchange.LedgerAsync()).Entries.Where(e => e.Account is { } a && names.Contains(a))]);
        var audit = OrderAudit.Of([.. sent.Select(s => s.SignalId)], orders, ledger);
        var wrong = audit.Wrong.ToList();
        foreach (var one in sent)
        {
            var filled = orders.Where(o => o.OriginId == one.SignalId).Sum(o => ledger.Filled(o.ClientId));
            if (filled != Quantity)
            {
                wrong.Add($"{one.Cell}: {filled} was filled instead of {Quantity}.");
            }
        }

        var met = ledger.Placings.Count(p => p.Fault is not null);
        if (met != sent.Count)
        {
            wrong.Add($"{met} orders met a fault instead of {sent.Count}.");
        }

        return audit with
        {
            Wrong = wrong,
        };
    }
}
