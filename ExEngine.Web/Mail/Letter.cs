namespace ExEngine.Web.Mail;

/// <summary>A mail to one person, in plain text.</summary>
/// <param name="To">The address alone.</param>
public sealed record Letter(string To, string Subject, string Text)
{
    // It holds a link that gives access; a record prints its properties.
    public override string ToString() => nameof(Letter);
}
