namespace ExEngine.Web.Users.Operators;

public static class DisabledUser
{
    /// <summary>Told to a disabled user who has proved who it is, and to nobody else.</summary>
    public const string Words =
        "This account is disabled: ask who runs this server. Open orders, stops and take-profits go on; alerts are not taken.";
}
