using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Portfolio;
using ExEngine.Core.Risk;
using ExEngine.Web.Components.Live;
using ExEngine.Web.Components.Pages.Positions;
using ExEngine.Web.Components.Parts;
using ExEngine.Web.Components.Parts.Values;
using MudBlazor;

namespace ExEngine.Web.Components.Pages.Orders;

/// <summary>The way out: all open orders, all positions. Each act asks once and lists what it will do.</summary>
public sealed class BulkActs(
    OrderService orders,
    PositionService positions,
    OrderQuery openOrders,
    PositionQuery heldPositions,
    RiskService risks,
    KnownMarkets markets,
    PriceFeed prices,
    OrderActs acts,
    IDialogService dialogs
)
{
    private const int MaxDetails = 12;

    public Task<IReadOnlyList<OrderRow>> OpenOrdersAsync(Guid userId, CancellationToken cancellationToken) =>
        Task.Run(
            () => openOrders.ListAsync(userId, new() { Group = OrderGroup.Active }, null, OrderQuery.MaxRows, cancellationToken),
            cancellationToken
        );

    public Task<IReadOnlyList<PositionRow>> PositionsAsync(Guid userId, CancellationToken cancellationToken) =>
        Task.Run(() => heldPositions.ListAsync(userId, true, null, null, OrderQuery.MaxRows, cancellationToken), cancellationToken);

    /// <summary>Cancels every open order of every account, stop-losses among them.</summary>
    public async Task CancelAllAsync(Guid userId, CancellationToken cancellationToken)
    {
        var rows = await OpenOrdersAsync(userId, cancellationToken);
        if (!OrderActs.AsksToCancel(rows))
        {
            // These and no others: a live one that was placed meanwhile was not looked at.
            await CancelAsync(userId, rows);
            return;
        }

        var count = Count(rows.Count, "order");
        if (
            await ConfirmDialog.AskAsync(
                dialogs,
                "Cancel all open orders",
                $"{count} of all accounts, stop-losses among them.",
                $"Cancel {count}",
                Words(rows),
                keep: "Keep them"
            )
        )
        {
            await acts.TryAsync(() => orders.CancelAllAsync(userId, null, CancellationToken.None));
        }
    }

    /// <summary>Cancels those that were chosen, and no other.</summary>
    /// <returns>Whether it was answered and done.</returns>
    public async Task<bool> CancelAsync(Guid userId, IReadOnlyList<OrderRow> rows)
    {
        var count = Count(rows.Count, "order");
        return (
                !OrderActs.AsksToCancel(rows)
                || await ConfirmDialog.AskAsync(
                    dialogs,
                    $"Cancel {count}",
                    "What is filled of them stays.",
                    $"Cancel {count}",
                    Words(rows),
                    keep: "Keep them"
                )
            )
            && await acts.TryAsync(async () =>
            {
                foreach (var row in rows)
                {
                    await orders.CancelAsync(userId, row.Id, CancellationToken.None);
                }
            });
    }

    /// <summary>Sells every position at market. Under a halt of protection nothing could be sold, so that one ends first.</summary>
    public async Task CloseAllAsync(Guid userId, CancellationToken cancellationToken)
    {
        var rows = await PositionsAsync(userId, cancellationToken);
        var setting = (await Task.Run(() => risks.FindAsync(userId, RiskScope.User, userId, cancellationToken), cancellationToken))
            is RiskResult.Done done
            ? done.Setting
            : null;
        var isHalted = setting?.State == TradingState.Halted;
        var isProtectionHalted = isHalted && setting!.HaltProtection;
        List<string> details = [.. rows.Take(MaxDetails).Select(Words)];
        if (
            await ConfirmDialog.AskAsync(
                dialogs,
                "Close all positions",
                "Open orders of these symbols are cancelled first."
                    + (
                        !isHalted ? ""
                        : isProtectionHalted ? " The halt of protection ends, because nothing can be sold under it."
                        : " Trading stays halted: only closes and protection are sent."
                    ),
                $"Sell {Count(rows.Count, "position")} at market",
                More(details, rows.Count),
                keep: "Keep them"
            )
        )
        {
            if (isProtectionHalted)
            {
                var ending = new RiskInput { HaltProtection = false };
                await acts.TryAsync(() => risks.SetAsync(userId, RiskScope.User, userId, ending, CancellationToken.None));
            }

            await acts.TryAsync(() => positions.CloseAllAsync(userId, null, CancellationToken.None));
        }
    }

    private List<string> Words(IReadOnlyList<OrderRow> rows) =>
        More(
            [
                .. rows.Take(MaxDetails)
                    .Select(o =>
                        $"{OrderLabels.What(o, Market(o.Exchange, o.Symbol))} {OrderLabels.Terms(o, Market(o.Exchange, o.Symbol))}"
                    ),
            ],
            rows.Count
        );

    private string Words(PositionRow row) =>
        Market(row.Exchange, row.Symbol) is { } market
        && PositionLabels.Close(row, 100, market, prices.Last(row.Exchange, row.Symbol)?.Last) is { } act
            ? act
            : $"{row.Symbol}: {AmountText.Exact(row.Quantity)} {row.Base}";

    private Market? Market(string exchange, string symbol) => markets.Find(exchange, symbol);

    /// <summary>"1 order", "3 orders".</summary>
    public static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static List<string> More(List<string> details, int count) =>
        count > details.Count ? [.. details, $"and {count - details.Count} more"] : details;
}
