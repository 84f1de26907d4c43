namespace ExEngine.Core.Positions;

/// <summary>
/// Whose orders make a position: a webhook (or several that trade together), a bot, or the account's person. Owners of one account and
/// symbol do not see each other's coins.
/// </summary>
/// <param name="Id">The webhook's or bot's id; empty for the person.</param>
public readonly record struct PositionOwner(OwnerKind Kind, Guid Id)
{
    public static readonly PositionOwner Manual = new(OwnerKind.Manual, Guid.Empty);

    public static PositionOwner Webhook(Guid id) => new(OwnerKind.Webhook, id);

    public static PositionOwner Of(Position position) => new(position.OwnerKind, position.OwnerId);

    /// <summary>In a sentence: <c>webhook "Breakout"</c>, <c>your manual position</c>.</summary>
    /// <param name="name">The webhook's or bot's; null when it is gone.</param>
    public string Shown(string? name) =>
        Kind == OwnerKind.Manual
            ? "your manual position"
            : $"{Kind.ToString().ToLowerInvariant()} {(name is null ? "(deleted)" : $"\"{name}\"")}";
}

public enum OwnerKind
{
    /// <summary>A person: order form, close button, or REST.</summary>
    Manual,
    Webhook,
    Bot,
}
