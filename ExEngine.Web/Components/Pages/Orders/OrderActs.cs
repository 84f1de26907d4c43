using ExEngine.Core.Orders;
using ExEngine.Web.Components.Parts;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace ExEngine.Web.Components.Pages.Orders;

/// <summary>What a person does to orders from several pages: each act asks once, in numbers.</summary>
public sealed class OrderActs(
    OrderDesk desk, KnownMarkets markets, DialogService dialogs, NotificationService notes, NavigationManager navigation, ILogger<OrderActs> logger)
{
    private const string DialogWidth = "min(34rem, calc(100vw - 2rem))";

    public async Task CancelAsync(Guid userId, OrderRow row)
    {
        var market = markets.Find(row.Exchange, row.Symbol);
        var rest = row.Executed > 0
            ? $"{AmountText.Quantity(row.Remaining, market)} of {AmountText.Quantity(row.Quantity, market)} {OrderWords.BaseOf(row.Symbol)} are still open; what is filled stays."
            : "Nothing of it is filled.";
        if (await ConfirmDialog.AskAsync(
            dialogs, "Cancel this order", $"{OrderWords.What(row, market)} {OrderWords.Terms(row, market)}. {rest}", "Cancel order", keep: "Keep it"))
        {
            await TryAsync(() => desk.CancelAsync(userId, row.Id, CancellationToken.None));
        }
    }

    /// <summary>Opens the ticket, and the order once it is placed.</summary>
    public async Task PlaceAsync(Guid userId, TicketStart start)
    {
        var placed = await dialogs.OpenAsync<TicketDialog>(
            "New order",
            new() { [nameof(TicketDialog.UserId)] = userId, [nameof(TicketDialog.Start)] = start },
            new() { Width = DialogWidth, CloseDialogOnEsc = true });
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
            notes.Notify(NotificationSeverity.Error, "Not done", "The database did not answer. Try it again in a moment.", 8000);
            return false;
        }
    }
}
