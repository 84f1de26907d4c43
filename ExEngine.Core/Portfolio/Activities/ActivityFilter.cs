namespace ExEngine.Core.Portfolio.Activities;

/// <summary>Which entries are wanted; what is null does not narrow.</summary>
/// <param name="Symbol">As the entries have it, without regard to case.</param>
public sealed record ActivityFilter(ActivityKind? Kind = null, Guid? AccountId = null, string? Symbol = null)
{
    public static ActivityFilter All { get; } = new();

    internal bool Has(ActivityKind kind) => Kind is null || Kind == kind;
}
