namespace ExEngine.Web.Users.Operators;

/// <summary>Why no invitation was made, for people.</summary>
public static class InviteWords
{
    public static string Of(InviteRefusal refusal) =>
        refusal switch
        {
            InviteRefusal.Closed => "Nobody could use an invitation: Users:Registration is Closed. Set it to Invite first.",
            InviteRefusal.Malformed => "Enter an e-mail address such as name@example.com, or none.",
            _ => "This address has an account already.",
        };
}
