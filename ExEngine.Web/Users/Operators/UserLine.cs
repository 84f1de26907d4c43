namespace ExEngine.Web.Users.Operators;

/// <summary>What an operator sees of a user: nothing that the user holds, and no key.</summary>
/// <param name="LastSeenAt">UTC; null when the user was not here lately.</param>
/// <param name="DisabledAt">UTC; null when the user may come in.</param>
/// <param name="Accounts">How many accounts on exchanges, paper included.</param>
/// <param name="Sessions">How many browsers and scripts are signed in.</param>
public sealed record UserLine(
    Guid Id,
    string Email,
    DateTime CreatedAt,
    DateTime? LastSeenAt,
    bool TwoFactor,
    int Passkeys,
    bool IsOperator,
    DateTime? DisabledAt,
    int Accounts,
    int Webhooks,
    int Sessions
);
