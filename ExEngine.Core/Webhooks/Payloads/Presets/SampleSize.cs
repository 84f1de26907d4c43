using ExEngine.Core.Text;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>
/// The size of a message that has no size of its own, such as an indicator's. It is pasted into charts of any symbol, so it is in dollars
/// where the account's markets are paid in them: those are refused where the quote is no dollar, and never become another order.
/// </summary>
internal static class SampleSize
{
    /// <param name="order">Null leaves the size to the webhook.</param>
    /// <param name="dollars">How the preset says that the size is in dollars.</param>
    /// <param name="inBase">How it says that the size is in base.</param>
    public static (string Name, string Value)[] Of(SampleOrder? order, string amount, string unit, string dollars, string inBase) =>
        order is null ? []
        : order.Dollars is { } some ? [(unit, dollars), (amount, ExactJson.Text(some))]
        : [(unit, inBase), (amount, ExactJson.Text(order.Quantity))];
}
