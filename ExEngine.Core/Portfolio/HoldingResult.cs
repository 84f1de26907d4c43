using ExEngine.Core.Markets;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Portfolio;

/// <summary>What became of assigning coins to a position, or of writing them off.</summary>
public abstract record HoldingResult
{
    private HoldingResult() { }

    public sealed record Done(Position Position) : HoldingResult;

    /// <summary>There is no such account, position or webhook, or it is another user's.</summary>
    public sealed record NotFound : HoldingResult;

    /// <summary>Field errors, by the field's name.</summary>
    public sealed record Invalid(IDictionary<string, string[]> Errors) : HoldingResult;

    public sealed record Refused(OrderRefusal Refusal) : HoldingResult;

    /// <summary>The exchange does not tell now what the account holds.</summary>
    public sealed record Unknown(string Reason) : HoldingResult;
}
