using ExEngine.Core.Data;

namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>Something that would stop working without its account.</summary>
public sealed record AccountUse
{
    /// <summary>The kind of what is held, as opposed to what is set up.</summary>
    public const string Position = "position";

    public required Guid AccountId { get; init; }

    /// <summary>The glossary's word: <c>webhook</c>, <c>order</c>, <see cref="Position"/>, later <c>bot</c>.</summary>
    public required string Kind { get; init; }
    public required Guid Id { get; init; }
    public required string Name { get; init; }
}

/// <summary>
/// Lists how accounts of a user are used. Each folder that uses accounts registers one, because accounts know nothing of
/// who uses them.
/// </summary>
public delegate IQueryable<AccountUse> AccountUseQuery(AppDb db, Guid userId);
