using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Core.Positions;
using ExEngine.Core.Risk;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Orders.Placement;

/// <summary>
/// The rows that a setting's figures are made of. Sums are made by the reader: SQLite keeps exact decimals as text and would add them up as
/// doubles.
/// </summary>
internal static class RiskRows
{
    /// <param name="ownerId">Whose positions a webhook's orders change; looked at for webhooks only.</param>
    /// <param name="onlyOpen">False also for what earlier rounds realised.</param>
    public static async Task<IReadOnlyList<HeldPosition>> PositionsAsync(
        AppDb db,
        RiskSetting setting,
        Guid ownerId,
        bool onlyOpen,
        CancellationToken cancellationToken
    )
    {
        var rows = await (
            from p in Positions(db, setting, ownerId)
            where !onlyOpen || p.OpenedAt != null
            join a in db.ExchangeAccounts on p.AccountId equals a.Id
            select new
            {
                a.Exchange,
                p.Symbol,
                p.Quote,
                p.Quantity,
                p.EntryCost,
                p.RealizedProfit,
                IsOpen = p.OpenedAt != null,
            }
        ).ToListAsync(cancellationToken);
        return [.. rows.Select(p => new HeldPosition(p.Exchange, p.Symbol, p.Quote, p.Quantity, p.EntryCost, p.RealizedProfit, p.IsOpen))];
    }

    /// <summary>In base: what positions of the symbol hold, dust and all.</summary>
    public static async Task<decimal> HeldAsync(
        AppDb db,
        RiskSetting setting,
        Guid ownerId,
        string symbol,
        CancellationToken cancellationToken
    ) =>
        (await Positions(db, setting, ownerId).Where(p => p.Symbol == symbol).Select(p => p.Quantity).ToListAsync(cancellationToken)).Sum();

    /// <summary>What is being bought, and what was bought and is in no position yet.</summary>
    /// <param name="symbol">Null for all.</param>
    /// <param name="ending">An order that buys no more than it has; null for none.</param>
    public static async Task<IReadOnlyList<OpenBuy>> BuysAsync(
        AppDb db,
        RiskSetting setting,
        Guid ownerId,
        string? symbol,
        Guid? ending,
        CancellationToken cancellationToken
    )
    {
        var orders = db.Orders.AsNoTracking().Where(o => o.SettledAt == null && o.Side == OrderSide.Buy);
        orders = setting.Scope switch
        {
            RiskScope.User => orders.Where(o => o.UserId == setting.UserId),
            RiskScope.Account => orders.Where(o => o.AccountId == setting.ScopeId),
            _ => orders.Where(o => o.WebhookId == setting.ScopeId || o.OwnerId == ownerId),
        };
        var rows = await (
            from o in orders
            where symbol == null || o.Symbol == symbol
            join a in db.ExchangeAccounts on o.AccountId equals a.Id
            select new
            {
                a.Exchange,
                o.Symbol,
                o.Quantity,
                o.FilledQuantity,
                o.BookedQuantity,
                IsOver = o.FinishedAt != null || o.Id == ending,
                Price = o.Price ?? o.StopPrice ?? o.ReferencePrice,
            }
        ).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(o => new OpenBuy(
                    o.Exchange,
                    o.Symbol,
                    QuoteOf(o.Symbol),
                    Math.Max((o.IsOver ? o.FilledQuantity : o.Quantity) - o.BookedQuantity, 0),
                    o.Price
                ))
                .Where(b => b.Quantity > 0),
        ];
    }

    /// <summary>What the limit on open orders counts: protection is none of it.</summary>
    public static IQueryable<Order> OpenOrders(AppDb db, RiskSetting setting)
    {
        var orders = db.Orders.AsNoTracking().Where(o => o.SettledAt == null && o.FinishedAt == null && o.Origin != OrderOrigin.Protection);
        return setting.Scope switch
        {
            RiskScope.User => orders.Where(o => o.UserId == setting.UserId),
            RiskScope.Account => orders.Where(o => o.AccountId == setting.ScopeId),
            _ => orders.Where(o => o.WebhookId == setting.ScopeId),
        };
    }

    /// <summary>What was realised since the user's day began.</summary>
    public static async Task<IReadOnlyList<RealizedAmount>> RealizedAsync(
        AppDb db,
        RiskSetting setting,
        DateTime midnight,
        CancellationToken cancellationToken
    )
    {
        IQueryable<Fill> fills = db.Fills.AsNoTracking().Where(f => f.At >= midnight && f.UserId == setting.UserId);
        fills = setting.Scope switch
        {
            RiskScope.User => fills,
            RiskScope.Account => fills.Where(f => f.AccountId == setting.ScopeId),
            _ => fills.Where(f => f.OwnerId == setting.ScopeId || db.Orders.Any(o => o.Id == f.OrderId && o.WebhookId == setting.ScopeId)),
        };
        var rows = await fills
            .Join(
                db.ExchangeAccounts,
                f => f.AccountId,
                a => a.Id,
                (f, a) =>
                    new
                    {
                        a.Exchange,
                        f.Symbol,
                        f.RealizedProfit,
                    }
            )
            .ToListAsync(cancellationToken);
        return [.. rows.Where(f => f.RealizedProfit != 0).Select(f => new RealizedAmount(f.Exchange, QuoteOf(f.Symbol), f.RealizedProfit))];
    }

    private static IQueryable<Position> Positions(AppDb db, RiskSetting setting, Guid ownerId)
    {
        var positions = db.Positions.AsNoTracking().Where(p => p.UserId == setting.UserId);
        return setting.Scope switch
        {
            RiskScope.User => positions,
            RiskScope.Account => positions.Where(p => p.AccountId == setting.ScopeId),
            _ => positions.Where(p => p.OwnerId == ownerId),
        };
    }

    private static string QuoteOf(string symbol) => symbol.Split('/', ':') is [_, var quote, ..] ? quote : "";
}
