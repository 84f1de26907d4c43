namespace ExEngine.Web.Users.Invitations;

/// <summary>Who may register, after the first user, whom nothing holds up.</summary>
public enum RegistrationMode
{
    /// <summary>Whoever has an invitation.</summary>
    Invite,

    /// <summary>Anybody.</summary>
    Open,

    /// <summary>Nobody.</summary>
    Closed,
}
