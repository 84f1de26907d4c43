using ExEngine.Core.Markets;

namespace ExEngine.Core.Orders.Placement;

/// <summary>What became of an act on orders or positions.</summary>
public abstract record OrderAnswer
{
    private OrderAnswer()
    {
    }

    /// <summary>Planned, or asked for; the account's owner does the rest.</summary>
    public sealed record Done(Order Order) : OrderAnswer;

    /// <summary>There is none of that id, or it is another user's.</summary>
    public sealed record NotFound : OrderAnswer;

    /// <summary>A rule, a limit or the trading state forbids it.</summary>
    public sealed record Refused(OrderRefusal Refusal) : OrderAnswer;

    /// <summary>Field errors, by the field's name.</summary>
    public sealed record Invalid(IDictionary<string, string[]> Errors) : OrderAnswer;
}
