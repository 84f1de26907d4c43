using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders.Placement;
using ExEngine.Web.Components.Live;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Orders;

/// <summary>What is asked before an order is placed: of a live account and of a price that is far
/// through the market always, of others when the reader wants it.</summary>
internal static class TicketCaution
{
    /// <summary>In percent through the market.</summary>
    private const decimal Far = 5;

    /// <summary>Two presses that are nearer are one: a double click, or a hand that trembles.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Why it is asked, in a sentence; null when nothing is.</summary>
    public static string? Reason(TicketPreview preview, AccountMode mode, Market market, Ticker? price)
    {
        var through = LimitDistance.Through(preview.Input, price?.Bid, price?.Ask, price?.Last);
        return through > Far
                ? $"The limit {AmountText.Price(preview.Input.Price!.Value, market)} {market.Quote} is {Words(through.Value)} {(preview.Input.Side == OrderSide.Buy ? "above" : "below")} {(preview.Input.StopPrice is null ? "the market" : "its stop")}: it may be executed that far away."
            : mode == AccountMode.Live ? "This is a live account: the order goes to the exchange."
            : ReaderPreferences.Current.ConfirmPaperOrders ? "Orders on paper ask, too, by your preferences."
            : null;
    }

    /// <summary>What the second press does, such as "Buy 0.00100 BTC, live, about 101 USDT".</summary>
    public static string Act(TicketPreview preview, AccountMode mode, Market market)
    {
        var input = preview.Input;
        var at = input.Price is { } price ? $" at {AmountText.Price(price, market)}" : "";
        var cost = preview.Cost is { } known ? $", about {AmountText.Money(known, market.Quote)} {market.Quote}" : "";
        return $"{input.Side} {AmountText.Quantity(input.Quantity!.Value, market)} {market.Base}{at}, {mode.ToString().ToLowerInvariant()}{cost}";
    }

    private static string Words(decimal percent) =>
        percent >= 1000 ? $"more than {AmountText.Of(1000)} %" : $"{AmountText.Of(decimal.Round(percent, 1))} %";
}
