namespace ExEngine.Web.Components.Account;

/// <summary>What a form has just done, told by the page that follows it.</summary>
public enum Done
{
    SignedOutEverywhere,
    AccountDeleted,
    PasswordChanged,
    PasswordReset,
    AuthenticatorOff,
    SessionEnded,
    OtherSessionsEnded,
    PasskeyAdded,
    PasskeyRenamed,
    PasskeyDeleted,
    PreferencesSaved,
}
