using ExEngine.Core.Preferences;
using ExEngine.Core.Text;

namespace ExEngine.Web.Api.Preferences;

/// <param name="TimeZone">An IANA name; left out for the browser's own.</param>
/// <param name="NumberFormat">point is 1,234.56, comma is 1.234,56, space is 1 234,56.</param>
/// <param name="Colours">Of rising and falling, buying and selling.</param>
/// <param name="Confirm">What on paper asks first.</param>
public sealed record PreferencesView(
    string? TimeZone = null,
    NumberFormat NumberFormat = NumberFormat.Point,
    PriceColours Colours = PriceColours.GreenRed,
    ConfirmView? Confirm = null
)
{
    public static PreferencesView Of(UserPreferences p) =>
        new(p.TimeZone, p.Numbers, p.Colours, new(p.ConfirmPaperOrders, p.ConfirmPaperCloses, p.ConfirmPaperCancels));

    public UserPreferences Preferences(Guid userId)
    {
        var confirm = Confirm ?? new();
        return new()
        {
            UserId = userId,
            TimeZone = string.IsNullOrWhiteSpace(TimeZone) ? null : TimeZone.Trim(),
            Numbers = NumberFormat,
            Colours = Colours,
            ConfirmPaperOrders = confirm.PaperOrders,
            ConfirmPaperCloses = confirm.PaperCloses,
            ConfirmPaperCancels = confirm.PaperCancels,
        };
    }
}

/// <param name="PaperOrders">New orders on paper, by a second press.</param>
/// <param name="PaperCloses">Closing at market on paper.</param>
/// <param name="PaperCancels">Cancelling orders on paper.</param>
public sealed record ConfirmView(bool PaperOrders = false, bool PaperCloses = true, bool PaperCancels = true);
