using ExEngine.Core.Positions;

namespace ExEngine.Core.Portfolio;

/// <summary>What became of an act on a position.</summary>
public abstract record PositionAnswer
{
    private PositionAnswer()
    {
    }

    /// <summary>Noted; the account's owner does it.</summary>
    public sealed record Done(Position Position) : PositionAnswer;

    /// <summary>There is none of that id, or it is another user's.</summary>
    public sealed record NotFound : PositionAnswer;

    /// <summary>Field errors, by the field's name.</summary>
    public sealed record Invalid(IDictionary<string, string[]> Errors) : PositionAnswer;
}
