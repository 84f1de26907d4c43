using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Portfolio;
using ExEngine.Web.Components.Live;
using ExEngine.Web.Components.Pages.Orders;
using ExEngine.Web.Components.Parts;
using ExEngine.Web.Components.Parts.Values;
using MudBlazor;

namespace ExEngine.Web.Components.Pages.Positions;

/// <summary>
/// What a person does to a position from the list, the page or the chart: each act asks once, in numbers, but for closing what is on
/// paper where the reader wants that.
/// </summary>
public sealed class PositionActs(PositionService service, OrderQuery orders, OrderActs acts, IDialogService dialogs)
{
    /// <summary>Sells a share of it at market.</summary>
    /// <param name="last">Quote per base; null when no price is known.</param>
    public async Task CloseAsync(Guid userId, PositionRow row, decimal percent, Market market, decimal? last)
    {
        var act = PositionLabels.Close(row, percent, market, last);
        if (act is null)
        {
            await dialogs.ShowMessageBoxAsync(
                row.Symbol,
                "So little cannot be sold: it is below the market's smallest order. It goes with the next sell.",
                "Keep it"
            );
            return;
        }

        var open = 0;
        var filter = new OrderFilter
        {
            Group = OrderGroup.Active,
            AccountId = row.AccountId,
            Symbol = row.Symbol,
            OwnerId = row.OwnerId,
        };
        if (!await acts.TryAsync(async () => open = await orders.CountAsync(userId, filter, CancellationToken.None)))
        {
            return;
        }

        List<string> details =
            percent == 100 && open > 0
                ? [$"{(open == 1 ? "1 open order" : $"{AmountText.Of(open)} open orders")} of {row.Symbol} cancelled first."]
                : [];
        var title = $"Close {(percent == 100 ? "" : $"{AmountText.Of(percent)} % of ")}{row.Symbol}";
        var press = service.NewKey();
        var isAsked = row.Mode == AccountMode.Live || ReaderPreferences.Current.ConfirmPaperCloses;
        if (!isAsked || await ConfirmDialog.AskAsync(dialogs, title, act + ".", "Sell at market", details, keep: "Keep it"))
        {
            await acts.TryAsync(() => service.CloseAsync(userId, press, row.Id, percent, CancellationToken.None));
        }
    }

    /// <returns>Whether something was saved.</returns>
    public async Task<bool> ProtectAsync(Guid userId, PositionRow row, Market? market) =>
        await dialogs.OpenAsync<ProtectionForm>(
            $"Protect {row.Symbol}",
            new()
            {
                [nameof(ProtectionForm.UserId)] = userId,
                [nameof(ProtectionForm.Row)] = row,
                [nameof(ProtectionForm.Market)] = market,
            }
        )
            is true;

    /// <summary>Asks about a line that was dragged on the chart: a level of the protection, or an order.</summary>
    /// <param name="key">As <see cref="PositionChart"/> gave it to the line.</param>
    /// <param name="price">Quote per base: where it was let go.</param>
    public async Task MoveAsync(Guid userId, PositionDetails story, Market? market, string key, decimal price)
    {
        var at = market?.PriceIncrements.Down(price) is > 0 and { } onTick ? onTick : price;
        if (PositionChart.OrderOf(story, key) is { } order)
        {
            await ChangeOrder.OpenAsync(dialogs, userId, order, market, at);
            return;
        }

        await dialogs.OpenAsync<MoveLevel>(
            $"Move the {PositionChart.NameOf(key)} of {story.Row.Symbol}",
            new()
            {
                [nameof(MoveLevel.UserId)] = userId,
                [nameof(MoveLevel.Row)] = story.Row,
                [nameof(MoveLevel.Market)] = market,
                [nameof(MoveLevel.Key)] = key,
                [nameof(MoveLevel.Price)] = at,
            },
            MaxWidth.ExtraSmall
        );
    }
}
