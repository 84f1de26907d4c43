using ExEngine.Core.Markets;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Portfolio;

/// <summary>What became of an act on a position.</summary>
public abstract record PositionResult
{
    private PositionResult() { }

    /// <summary>Noted; the lease holder does it.</summary>
    public sealed record Done(Position Position) : PositionResult;

    /// <summary>There is none of that id, or it is another user's.</summary>
    public sealed record NotFound : PositionResult;

    /// <summary>It would do at once what is probably not meant.</summary>
    public sealed record Refused(OrderRefusal Refusal) : PositionResult;

    /// <summary>Field errors, by the field's name.</summary>
    public sealed record Invalid(IDictionary<string, string[]> Errors) : PositionResult;
}
