using ExEngine.Core.Markets;

namespace ExEngine.Core.Orders.Placement;

/// <summary>What became of an act on orders or positions.</summary>
public abstract record OrderResult
{
    private OrderResult() { }

    /// <summary>Planned, or asked for; the lease holder does the rest.</summary>
    public sealed record Done(Order Order) : OrderResult;

    /// <summary>There is none of that id, or it is another user's.</summary>
    public sealed record NotFound : OrderResult;

    /// <summary>A rule, a limit or the trading state forbids it.</summary>
    public sealed record Refused(OrderRefusal Refusal) : OrderResult;

    /// <summary>Field errors, by the field's name.</summary>
    public sealed record Invalid(IDictionary<string, string[]> Errors) : OrderResult;
}
