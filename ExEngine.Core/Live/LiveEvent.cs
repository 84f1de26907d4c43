namespace ExEngine.Core.Live;

/// <summary>Something of a user's changed. Carries ids only: whoever is interested reads the database again.</summary>
/// <param name="UserId">Owner of the row.</param>
/// <param name="Kind">Which kind of row.</param>
/// <param name="Id">The row, or <see cref="Guid.Empty"/> for "several".</param>
public readonly record struct LiveEvent(Guid UserId, LiveKind Kind, Guid Id);

public enum LiveKind
{
    Signal,
    Webhook,
    ExchangeAccount,
    Order,
    Position,
    Bot,
    Risk,
}
