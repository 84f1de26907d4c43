namespace ExEngine.Core.Events;

/// <summary>Something of a user's changed. Carries ids only: whoever is interested reads the database again.</summary>
/// <param name="UserId">Owner of the row.</param>
/// <param name="Kind">Which kind of row.</param>
/// <param name="Id">The row, or <see cref="Guid.Empty"/> for "several".</param>
/// <param name="AccountId">The exchange account that it is about, or <see cref="Guid.Empty"/> for any of the user's.</param>
/// <param name="IsNotice">Nobody has to act at once: the lease holder wrote it itself, or it only changes what is shown.</param>
public readonly record struct ChangeEvent(Guid UserId, ChangeKind Kind, Guid Id, Guid AccountId = default, bool IsNotice = false);

public enum ChangeKind
{
    Signal,
    Webhook,
    ExchangeAccount,
    Order,
    Position,
    Bot,
    Risk,
    Alarm,

    /// <summary>Sign-ins that ended.</summary>
    Session,

    /// <summary>Backtests and sweeps: nothing that trades has to hear of them.</summary>
    Backtest,

    /// <summary>How the user wants to be shown things.</summary>
    Preferences,
}
