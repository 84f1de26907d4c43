using ExEngine.Core.Markets;
using Microsoft.AspNetCore.Identity;

namespace ExEngine.Web.Users.Invitations;

/// <summary>Why somebody may not register, whatever the address and the password are.</summary>
/// <param name="Code">One of <see cref="ProblemCodes"/>.</param>
/// <param name="Words">The same for people, with what to do.</param>
public sealed record RegistrationRefusal(string Code, string Words)
{
    public static RegistrationRefusal Closed { get; } =
        new(ProblemCodes.RegistrationClosed, "This server takes no new users. Ask who runs it if you should have an account.");

    public static RegistrationRefusal Required { get; } =
        new(ProblemCodes.InvitationRequired, "This server takes new users by invitation. Ask who runs it for a link.");

    public static RegistrationRefusal Invalid { get; } =
        new(
            ProblemCodes.InvitationInvalid,
            "This invitation was used or withdrawn, is too old, or is for another address. Ask who invited you for a new one."
        );

    public IdentityResult Result => IdentityResult.Failed(new IdentityError { Code = Code, Description = Words });

    /// <returns>Null when it failed for something else, or not at all.</returns>
    public static RegistrationRefusal? Of(IdentityResult result) =>
        result.Errors.Select(e => All.FirstOrDefault(r => r.Code == e.Code)).FirstOrDefault(r => r is not null);

    private static readonly RegistrationRefusal[] All = [Closed, Required, Invalid];
}
