using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Orders.Queries;
using ExEngine.Web.Components.Live;
using ExEngine.Web.Components.Parts;
using ExEngine.Web.Components.Parts.Values;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ExEngine.Web.Components.Pages.Orders;

/// <summary>
/// What a person does to orders from several pages: each act asks once, in numbers, but for cancelling what is on paper where the
/// reader wants that.
/// </summary>
public sealed class OrderActs(
    OrderService service,
    ManualResolution operators,
    KnownMarkets markets,
    IDialogService dialogs,
    ISnackbar notes,
    NavigationManager navigation,
    ILogger<OrderActs> logger
)
{
    /// <summary>Whether cancelling these asks: always where one of them is live.</summary>
    public static bool AsksToCancel(IEnumerable<OrderRow> rows) =>
        ReaderPreferences.Current.ConfirmPaperCancels || rows.Any(r => r.Mode == AccountMode.Live);

    public async Task CancelAsync(Guid userId, OrderRow row)
    {
        var market = markets.Find(row.Exchange, row.Symbol);
        var rest =
            row.FilledQuantity > 0
                ? $"{AmountText.Quantity(row.Remaining, market)} of {AmountText.Quantity(row.Quantity, market)} {OrderLabels.BaseOf(row.Symbol)} are still open; what is filled stays."
                : "Nothing of it is filled.";
        if (
            !AsksToCancel([row])
            || await ConfirmDialog.AskAsync(
                dialogs,
                "Cancel this order",
                $"{OrderLabels.What(row, market)} {OrderLabels.Terms(row, market)}. {rest}",
                "Cancel order",
                keep: "Keep it"
            )
        )
        {
            await TryAsync(() => service.CancelAsync(userId, row.Id, CancellationToken.None));
        }
    }

    /// <summary>The person looked at the exchange, and the order is not there.</summary>
    public async Task SayNotPlacedAsync(Guid userId, OrderDetails story)
    {
        var (row, market) = (story.Row, markets.Find(story.Row.Exchange, story.Row.Symbol));
        if (
            !await ConfirmDialog.AskAsync(
                dialogs,
                "It was never placed",
                $"You looked at {row.Exchange}, and this order is neither among the open orders nor in the history: {OrderLabels.What(row, market)} {OrderLabels.Terms(row, market)}.",
                "It was never placed",
                [
                    $"Client id {story.Order.ClientId}",
                    "The order ends here as not placed and is not sent again.",
                    $"Other orders for {row.Symbol} go on. If this one is live after all, you may buy or sell twice.",
                    "The exchange is asked about it for a day longer. If it has it, what it does there counts, and you are told.",
                ],
                keep: "I am not sure"
            )
        )
        {
            return;
        }

        OrderResult? answer = null;
        if (
            await TryAsync(async () => answer = await operators.SayNotPlacedAsync(userId, row.Id, CancellationToken.None))
            && answer is OrderResult.Refused
        )
        {
            notes.Add("Settled meanwhile: The exchange has said what became of it.", Severity.Info);
        }
    }

    /// <summary>The exchange says that more was executed than it lists trades of, and the order has ended.</summary>
    public static bool MayBookExecuted(OrderDetails story) => story.Order.Status.IsFinal() && story.Order.Uncounted() > 0;

    /// <summary>The person looked at the exchange, and what it says was executed is so.</summary>
    public async Task BookExecutedAsync(Guid userId, OrderDetails story)
    {
        var (row, left) = (story.Row, AmountText.Exact(story.Order.Uncounted()));
        if (
            !await ConfirmDialog.AskAsync(
                dialogs,
                "Book what was executed",
                $"{row.Exchange} says that {left} of this order in {row.Symbol} was executed, and lists no trades of it.",
                "Book it",
                [
                    "It is booked at the average price that the exchange told, or else at the order's own.",
                    "The fee is not known and is not counted.",
                    "Trades that the exchange lists later count no more.",
                ],
                keep: "Wait for the exchange"
            )
        )
        {
            return;
        }

        OrderResult? answer = null;
        if (
            await TryAsync(async () => answer = await operators.BookExecutedAsync(userId, row.Id, null, CancellationToken.None))
            && answer is OrderResult.Refused refused
        )
        {
            notes.Add($"Not booked: {SaidText.Of(refused.Refusal.Message)}", Severity.Info);
        }
    }

    /// <summary>The person has seen that an order turned up after all.</summary>
    public Task AcknowledgeAsync(Guid userId, OrderRow row) =>
        TryAsync(() => operators.AcknowledgeAsync(userId, row.Id, CancellationToken.None));

    /// <summary>Opens the ticket, and the order once it is placed.</summary>
    public async Task PlaceAsync(Guid userId, TicketStart start)
    {
        var placed = await dialogs.OpenAsync<TicketDialog>(
            "New order",
            new() { [nameof(TicketDialog.UserId)] = userId, [nameof(TicketDialog.Start)] = start }
        );
        if (placed is Guid id)
        {
            navigation.NavigateTo($"orders/{id}");
        }
    }

    /// <summary>Does it away from the circuit, and tells when the database did not answer.</summary>
    public async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await Task.Run(act);
            return true;
        }
        catch (Exception e) when (DatabaseError.Is(e))
        {
            logger.LogWarning(e, "What was asked for could not be noted");
            notes.Add("Not done: The database did not answer. Try it again in a moment.", Severity.Error);
            return false;
        }
    }
}
