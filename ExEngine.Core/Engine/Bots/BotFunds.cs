using ExEngine.Core.Bots;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Engine.Planning;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Engine.Bots;

/// <summary>
/// What is free for a bot: what the exchange says, less orders that it does not know of yet. Bots of an account plan one after the other,
/// so two never plan the same coin.
/// </summary>
internal sealed class BotFunds(PlanContextLoader contexts)
{
    /// <param name="orders">Of the account, as they were read: the exchange may have got one meanwhile.</param>
    /// <param name="planned">Planned since then, and not sent yet for sure.</param>
    /// <returns>
    /// The world with what is free for sure, and with what is free if the balances hold what is on its way already; null when the exchange
    /// does not tell.
    /// </returns>
    public async Task<(BotContext Sure, BotContext Maybe)?> AddAsync(
        AccountSession session,
        BotContext context,
        IReadOnlyList<Order> orders,
        IReadOnlyList<Order> planned,
        bool needsEquity,
        CancellationToken cancellationToken
    )
    {
        if ((await session.Exchange.BalancesAsync(cancellationToken)).Value is not { } balances)
        {
            return null;
        }

        var equity = needsEquity ? await contexts.EquityAsync(session, context.Market, balances, cancellationToken) : (decimal?)null;
        var onTheirWay = orders.Where(o => o.Status is OrderStatus.Planned or OrderStatus.Submitting or OrderStatus.Unknown);
        return (With(context, balances, planned.Concat(onTheirWay), equity), With(context, balances, planned, equity));
    }

    private static BotContext With(BotContext context, IReadOnlyList<AssetBalance> balances, IEnumerable<Order> promised, decimal? equity)
    {
        var market = context.Market;
        var (quote, coins) = (Free(balances, market.Quote), Free(balances, market.Base));
        foreach (var order in promised)
        {
            if (order.Side == OrderSide.Buy && order.Symbol.EndsWith($"/{market.Quote}", StringComparison.Ordinal))
            {
                var price = order.Price ?? order.ReferencePrice ?? context.Price ?? 0;
                quote -= price * order.Remaining * (1 + context.Fees.OnCost(context.Fees.BuyTaker));
            }
            else if (order.Side == OrderSide.Sell && order.Symbol.StartsWith($"{market.Base}/", StringComparison.Ordinal))
            {
                coins -= order.Remaining;
            }
        }

        return context with
        {
            FreeQuote = Math.Max(0, quote),
            FreeBase = Math.Max(0, coins),
            Equity = equity,
        };
    }

    private static decimal Free(IReadOnlyList<AssetBalance> balances, string asset) =>
        balances.FirstOrDefault(b => b.Asset == asset)?.Free ?? 0;
}
