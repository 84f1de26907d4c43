using ExEngine.Core.Data;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Markets;
using ExEngine.Core.Positions;
using ExEngine.Core.Text;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Orders.Placement;

/// <summary>
/// What a person may sell by hand: everything that the account holds but what webhooks and bots hold. The exchange is asked only when they
/// hold some of the coin; where it does not answer, the person's own position is the limit.
/// </summary>
public sealed class ManualSells(ExchangeFactory exchanges)
{
    /// <summary>Null when the order may be placed. Read outside of any transaction: it may ask the exchange.</summary>
    /// <param name="replaces">An order whose coins the new one takes over; null for none.</param>
    public async Task<OrderRefusal?> RefusalAsync(
        AppDb db,
        ExchangeAccount account,
        Market market,
        decimal quantity,
        Guid? replaces,
        CancellationToken cancellationToken
    )
    {
        var held = await db
            .Positions.AsNoTracking()
            .Where(p => p.AccountId == account.Id && p.Base == market.Base)
            .Select(p => new { p.OwnerKind, p.Quantity })
            .ToListAsync(cancellationToken);
        var others = held.Where(p => p.OwnerKind != OwnerKind.Manual).Sum(p => p.Quantity);
        if (others == 0)
        {
            return null;
        }

        var selling = await db
            .Orders.AsNoTracking()
            .Where(o => o.AccountId == account.Id && o.OwnerKind == OwnerKind.Manual && o.SettledAt == null && o.Side == OrderSide.Sell)
            .ToListAsync(cancellationToken);
        var locked = selling.Where(o => o.Symbol.StartsWith(market.Base + "/", StringComparison.Ordinal) && o.Id != replaces).Locked();
        var total = (await exchanges.Of(account).BalancesAsync(cancellationToken)).Value is { } balances
            ? balances.Where(b => b.Asset == market.Base).Sum(b => b.Total) - others
            : held.Where(p => p.OwnerKind == OwnerKind.Manual).Sum(p => p.Quantity);
        var most = market.QuantityIncrements.Down(Math.Max(total - locked, 0));
        return quantity <= most
            ? null
            : OrderServiceRefusals.TooMuch(
                OrderCodes.BelongsToOthers,
                quantity,
                most,
                $"{ExactJson.Text(most)} {market.Base} of this account are yours to sell by hand; {ExactJson.Text(others)} belong to positions of "
                    + "webhooks or bots. Close such a position where it is shown, or sell less."
            );
    }
}
