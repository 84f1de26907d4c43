using ExEngine.Core.Markets;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Protection;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Orders;

/// <summary>An order while it is typed.</summary>
public sealed class TicketModel
{
    public Guid? AccountId { get; set; }
    public string? Symbol { get; set; }
    public OrderSide Side { get; set; }
    public OrderType Type { get; set; }
    public string? Price { get; set; }
    public string? StopPrice { get; set; }

    /// <summary>In base. Of this and <see cref="Total"/> the one that was typed last counts, and the other follows it.</summary>
    public string? Quantity { get; set; }

    /// <summary>In quote.</summary>
    public string? Total { get; set; }

    /// <summary>The total was typed last.</summary>
    public bool TotalCounts { get; set; }
    public TimeInForce Time { get; set; }
    public bool ReduceOnly { get; set; }
    public bool PostOnly { get; set; }

    /// <summary>Of what is bought: the stop-loss and the target are prices, or percent from the entry.</summary>
    public bool InPercent { get; set; }
    public string? StopLoss { get; set; }
    public string? TakeProfit { get; set; }

    /// <summary>In percent below the best price since entry.</summary>
    public string? Trailing { get; set; }

    /// <summary>What may be lost at the stop: in quote, or in percent of what the account is worth.</summary>
    public string? Risk { get; set; }
    public bool RiskInPercent { get; set; }

    public bool HasPrice => Type is OrderType.Limit or OrderType.StopLimit;
    public bool MayPostOnly => Type == OrderType.Limit && Time == TimeInForce.GoodTillCancelled;
    public bool HasStop => Type is OrderType.Stop or OrderType.StopLimit;

    /// <summary>Only what counts for this type and side: what was typed for another stays in its field, and out of the order.</summary>
    /// <param name="numbers">Keeps what is no number.</param>
    public OrderInput Input(NumberFields numbers) =>
        new()
        {
            AccountId = AccountId,
            Symbol = Symbol,
            Side = Side,
            Type = Type,
            Price = HasPrice ? numbers.Read(nameof(OrderInput.Price), Price) : null,
            StopPrice = HasStop ? numbers.Read(nameof(OrderInput.StopPrice), StopPrice) : null,
            Quantity = TotalCounts ? null : numbers.Read(nameof(OrderInput.Quantity), Quantity),
            Cost = TotalCounts ? numbers.Read(nameof(OrderInput.Cost), Total) : null,
            TimeInForce = HasPrice ? Time : null,
            ReduceOnly = ReduceOnly && Side == OrderSide.Sell ? true : null,
            PostOnly = PostOnly && MayPostOnly ? true : null,
        };

    /// <summary>Null when none is stated. What is sold needs none: then what was typed stays in its fields.</summary>
    /// <param name="numbers">Keeps what is no number.</param>
    public ProtectionInput? Protection(NumberFields numbers)
    {
        if (Side == OrderSide.Sell)
        {
            return null;
        }

        var stop = numbers.Read($"Protection.StopLoss.{Kind}", StopLoss);
        var target = numbers.Read($"Protection.TakeProfits[0].{Kind}", TakeProfit);
        var trailing = numbers.Read("Protection.StopLoss.TrailingPercent", Trailing);
        return stop is null && target is null && trailing is null
            ? null
            : new()
            {
                StopLoss =
                    stop is null && trailing is null
                        ? null
                        : new()
                        {
                            Percent = InPercent ? stop : null,
                            Price = InPercent ? null : stop,
                            TrailingPercent = trailing,
                        },
                TakeProfits = target is null ? [] : [new() { Percent = InPercent ? target : null, Price = InPercent ? null : target }],
            };
    }

    /// <summary>The stop in quote per base, for an entry at a price; null when there is none.</summary>
    public decimal? StopAt(decimal entry) =>
        NumberText.Read(StopLoss).Value is not { } stop ? null
        : !InPercent ? stop
        : stop is > 0 and < 100 ? entry * (100 - stop) / 100
        : null;

    private string Kind => InPercent ? nameof(StopLossInput.Percent) : nameof(StopLossInput.Price);

    /// <summary>The field that was not typed follows the other; it is empty while that is.</summary>
    public void Follow(TicketPreview preview, Market? market)
    {
        if (TotalCounts)
        {
            Quantity =
                preview.Input.Quantity is > 0 and { } quantity && market is not null
                    ? NumberText.Write(quantity, market.QuantityIncrements)
                    : null;
        }
        else
        {
            Total =
                preview.Cost is > 0 and { } cost && market is not null ? NumberText.Write(AmountText.Rounded(cost, market.Quote)) : null;
        }
    }

    /// <summary>Takes over what a reload kept, as far as it is still there.</summary>
    /// <param name="kept">By the ids of the fields.</param>
    public void Restore(IReadOnlyDictionary<string, string> kept, IEnumerable<Guid> accounts)
    {
        AccountId = Guid.TryParse(kept.GetValueOrDefault("ticket-account"), out var id) && accounts.Contains(id) ? id : AccountId;
        Symbol = kept.GetValueOrDefault("ticket-symbol") ?? Symbol;
        Side = Of(kept, "side", Side);
        Type = Of(kept, "ticket-type", Type);
        Time = Of(kept, "ticket-time", Time);
        Price = kept.GetValueOrDefault("ticket-price");
        StopPrice = kept.GetValueOrDefault("ticket-stop");
        Quantity = kept.GetValueOrDefault("ticket-size");
        Total = kept.GetValueOrDefault("ticket-total");
        TotalCounts = kept.GetValueOrDefault("last") == "total";
        ReduceOnly = kept.GetValueOrDefault("ticket-reduce") == "true";
        PostOnly = kept.GetValueOrDefault("ticket-post") == "true";
        (StopLoss, TakeProfit) = (kept.GetValueOrDefault("ticket-stop-loss"), kept.GetValueOrDefault("ticket-target"));
        (Trailing, Risk) = (kept.GetValueOrDefault("ticket-trailing"), kept.GetValueOrDefault("ticket-risk"));
        InPercent = kept.GetValueOrDefault("in") == "percent";
        RiskInPercent = kept.GetValueOrDefault("risk") == "percent";
    }

    private static T Of<T>(IReadOnlyDictionary<string, string> kept, string name, T otherwise)
        where T : struct, Enum =>
        Enum.TryParse<T>(kept.GetValueOrDefault(name), out var value) && Enum.IsDefined(value) ? value : otherwise;
}
