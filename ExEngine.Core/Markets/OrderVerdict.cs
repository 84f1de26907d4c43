namespace ExEngine.Core.Markets;

/// <summary>Every check that was made, and either the validated order or the first refusal.</summary>
public sealed record OrderVerdict(IReadOnlyList<OrderCheck> Checks, ValidatedOrder? Order, OrderRefusal? Refusal);

/// <summary>One check with its numbers, for the page that explains a signal.</summary>
/// <param name="Name">What was checked: <c>price tick</c>, <c>minimum cost</c>.</param>
public sealed record OrderCheck(string Name, string Field, bool Passed, string? Asked, string? Limit, IReadOnlyList<string> Nearest)
{
    /// <summary>The allowed values next to what was asked; empty when the check passed or none helps.</summary>
    public IReadOnlyList<string> Nearest { get; init; } = Nearest ?? [];
}
