using ExEngine.Core.Bots.Preview;

namespace ExEngine.Web.Components.Pages.BotEditor;

/// <summary>The fields of each kind of bot, in the order in which a trader decides.</summary>
public static class EditorFields
{
    private static readonly IReadOnlyList<(string, string)> Restores =
    [
        ("ask", "Ask me"),
        ("putBack", "Put it back, once an hour"),
        ("leave", "Leave it"),
    ];

    private static readonly IReadOnlyList<(string, string)> Bases = [("average", "From the average"), ("baseOrder", "From the base order")];

    public static IReadOnlyList<EditorSection> Of(string kind) =>
        kind switch
        {
            BotDraft.GridKind => Grid,
            BotDraft.RecurringKind => EditorSchedule.Recurring,
            _ => Dca,
        };

    private static readonly IReadOnlyList<EditorSection> Dca =
    [
        new(
            "Orders",
            true,
            [
                new("baseOrder", "Base order", Unit: "quote", Start: "100"),
                new("safetyOrder", "Safety order", Unit: "quote", Start: "100", Help: "3Commas: averaging order. Each is scaled from it."),
                new("maxSafetyOrders", "Safety orders", EditorFieldKind.Whole, Start: "5"),
                new("activeSafetyOrders", "At the exchange at once", EditorFieldKind.Whole, Start: "2"),
                new("deviation", "Deviation", Unit: "%", Start: "1.5", Help: "From the base order to the first safety order."),
                new("stepScale", "Step scale", Start: "1.4", Help: "3Commas: step multiplier."),
                new("volumeScale", "Volume scale", Start: "1.5", Help: "3Commas: size multiplier."),
            ]
        ),
        new(
            "Take-profit",
            true,
            [
                new("takeProfit.percent", "Take-profit", Unit: "%", Start: "2"),
                new("takeProfit.from", "Counted", EditorFieldKind.Choice) { Choices = Bases },
                new("takeProfit.trailing", "Trailing", Unit: "%", Help: "Below the best price since the target. Empty: at the target."),
                new("takeProfit.minProfit", "Never below", Unit: "%", Help: "After fees. Empty: trailing sells wherever it comes to."),
                new("takeProfit.netOfFees", "After fees", EditorFieldKind.Flag),
                new("takeProfit.steps", "Steps", EditorFieldKind.Rows, Help: "Up to four lines of percent and share, such as 1.5 50.")
                {
                    Columns = ("percent", "share"),
                },
            ]
        ),
        new(
            "Stop-loss",
            false,
            [
                new("stopLoss.percent", "Stop-loss", Unit: "%"),
                new("stopLoss.from", "Counted", EditorFieldKind.Choice) { Choices = Bases },
                new("stopLoss.timeoutSeconds", "Only after", EditorFieldKind.Whole, Unit: "s", Help: "The price stays beyond for so long."),
                new("stopLoss.breakEvenAfterStep", "To break-even after step", EditorFieldKind.Whole),
                new("stopLoss.stopsBot", "No deals after it", EditorFieldKind.Flag),
            ]
        ),
        new(
            "Limits and start",
            false,
            [
                new("start", "A deal begins", EditorFieldKind.Choice)
                {
                    Choices =
                    [
                        ("atOnce", "At once"),
                        ("conditions", "When indicators say so"),
                        ("interval", "At set times"),
                        ("whenAsked", "When it is asked for"),
                    ],
                },
                new("conditions", "Conditions", EditorFieldKind.Conditions) { Only = ("start", "conditions") },
                .. EditorSchedule.Fields("schedule.", ("start", "interval")),
                new("maxActiveDeals", "Deals at once", EditorFieldKind.Whole),
                new("maxDeals", "Deals in all", EditorFieldKind.Whole, Help: "Empty: without end."),
                new("cooldownSeconds", "Cooldown", EditorFieldKind.Whole, Unit: "s"),
                new("minPrice", "Lowest price for a start", Unit: "quote"),
                new("maxPrice", "Highest price for a start", Unit: "quote"),
                new("reinvest", "Reinvest", Unit: "%"),
            ]
        ),
        new(
            "More",
            false,
            [
                new("baseOrderUnit", "Base order in", EditorFieldKind.Choice)
                {
                    Choices = [("quote", "Quote"), ("base", "Base"), ("equityPercent", "% of the equity")],
                },
                new("baseOrderType", "Base order as", EditorFieldKind.Choice) { Choices = [("market", "Market"), ("limit", "Limit")] },
                new("maxSlippage", "Most slippage", Unit: "%"),
                new("baseTimeoutSeconds", "A limit waits", EditorFieldKind.Whole, Unit: "s"),
                new("customLadder", "Ladder of your own", EditorFieldKind.Rows, Help: "Lines of deviation in % and amount, such as 1.5 50.")
                {
                    Columns = ("deviation", "amount"),
                },
                new("restoreCancelled", "An order that you cancel at the exchange", EditorFieldKind.Choice) { Choices = Restores },
            ]
        ),
    ];

    private static readonly IReadOnlyList<EditorSection> Grid =
    [
        new(
            "Range",
            true,
            [
                new("lower", "Lowest line", Unit: "quote"),
                new("upper", "Highest line", Unit: "quote"),
                new("grids", "Intervals", EditorFieldKind.Whole, Start: "10", Help: "One less than there are lines."),
                new("spacing", "Spacing", EditorFieldKind.Choice)
                {
                    Choices = [("arithmetic", "The same amount"), ("geometric", "The same percent")],
                },
                new("investment", "Investment", Unit: "quote", Start: "1000", Help: "Fees are in it; no more is spent."),
            ]
        ),
        new(
            "Begin and end",
            false,
            [
                new("triggerPrice", "Trigger price", Unit: "quote", Help: "It waits until the price gets there."),
                new("takeProfitPrice", "Take-profit price", Unit: "quote"),
                new("stopLossPrice", "Stop price", Unit: "quote"),
                new("exitAction", "There it will", EditorFieldKind.Choice)
                {
                    Choices = [("sellBase", "Sell the coins"), ("keepBase", "Keep the coins")],
                },
            ]
        ),
        new(
            "Trailing",
            false,
            [
                new("trailingUp", "The range follows up", EditorFieldKind.Flag),
                new("trailingUpLimit", "No line above", Unit: "quote"),
                new("trailingDown", "The range follows down", EditorFieldKind.Flag),
                new("trailingDownLimit", "No line below", Unit: "quote"),
                new("trailFunds", "A step is paid", EditorFieldKind.Choice)
                {
                    Choices = [("profit", "From the profit"), ("balance", "From the free balance"), ("shrink", "With a smaller line")],
                },
                new("pumpGuard", "Wait when a minute moves", Unit: "intervals"),
                new("moveStops", "Stop and take-profit follow", EditorFieldKind.Flag),
            ]
        ),
        new(
            "More",
            false,
            [
                new("quantityPerGrid", "Quantity of a line", Unit: "base", Help: "Empty: as much as the investment allows."),
                new("useOwnBase", "Use coins of mine", Unit: "base"),
                new("reserve", "Reserve for slippage", Unit: "%"),
                new("maxActiveLines", "Active lines a side", EditorFieldKind.Whole, Help: "Empty: all of them."),
                new("profitCurrency", "Profit in", EditorFieldKind.Choice) { Choices = [("quote", "Quote"), ("base", "Base")] },
                new("reinvest", "Reinvest", Unit: "%"),
                new("restoreCancelled", "An order that you cancel at the exchange", EditorFieldKind.Choice) { Choices = Restores },
            ]
        ),
    ];
}
