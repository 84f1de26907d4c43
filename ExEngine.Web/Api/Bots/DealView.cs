using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Running;

namespace ExEngine.Web.Api.Bots;

/// <summary>A deal. Money in quote, quantities in base.</summary>
/// <param name="Average">Quote per base, of what is held; null of deals that are over.</param>
/// <param name="Entered">All that it bought, before fees; null while it is open.</param>
public sealed record DealView(
    int Number,
    DealStatus Status,
    DateTime OpenedAt,
    DateTime? ClosedAt,
    int SafetyOrders,
    decimal Held,
    decimal Cost,
    decimal? Average,
    decimal Realized,
    decimal? Entered,
    string? Problem
)
{
    public static DealView Of(Deal d) =>
        new(
            d.Number,
            d.Status,
            d.OpenedAt,
            null,
            d.Lines.Count(l => l.Filled > 0),
            d.Book.Held,
            d.Book.Cost,
            d.Book.Average,
            d.Book.Realized,
            null,
            d.Problem
        );

    public static DealView Of(BotDeal d) =>
        new(d.Number, d.Status, d.OpenedAt, d.ClosedAt, d.SafetyOrders, d.Kept, d.KeptCost, null, d.Realized, d.Entered, null);
}

/// <summary><c>POST …/deals/{deal}/add-funds</c>.</summary>
/// <param name="Amount">In quote, above 0.</param>
/// <param name="Price">Quote per base; left out at market.</param>
public sealed record AddFundsInput(decimal? Amount, decimal? Price);

/// <summary><c>PUT …/deals/{deal}/targets</c>: percentages of a running deal; what is left out stays.</summary>
public sealed record TargetsInput(decimal? TakeProfit, decimal? StopLoss);

/// <summary><c>POST …/lines/{slot}/answer</c>.</summary>
public sealed record LineAnswer(bool? PutBack);

/// <summary><c>POST …/stop</c>.</summary>
/// <param name="How"><c>finish</c>, <c>cancel</c> or <c>close</c>.</param>
public sealed record StopInput(string? How);

/// <summary><c>POST …/invest</c>.</summary>
/// <param name="Amount">In quote; negative takes out.</param>
public sealed record InvestInput(decimal? Amount);
