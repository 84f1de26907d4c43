using System.ComponentModel.DataAnnotations;
using ExEngine.Core.Hosting;
using ExEngine.Web.Users.Invitations;

namespace ExEngine.Web.Users;

/// <summary>Section <c>Users</c>. <c>HashIterations</c> were the rounds of PBKDF2, which is only read now.</summary>
[FormerName("HashIterations")]
public sealed class UserOptions
{
    /// <summary>
    /// Wrong passwords or codes after which who guesses has to wait, 3 to 100. Nobody's account is locked: devices that its owner signed
    /// in with before are counted by themselves. Default: 5.
    /// </summary>
    [Range(3, 100)]
    public int LockoutAfterFailures { get; set; } = 5;

    /// <summary>
    /// The time they are counted in, 1 to 1440 minutes; twice as many count in three times, four times as many in twelve. Default: 5.
    /// </summary>
    [Range(1, 1440)]
    public int LockoutMinutes { get; set; } = 5;

    /// <summary>
    /// Memory that Argon2id fills for one password, in KiB; 1,024 to 262,144. Default: 19456, as OWASP recommends with 2 passes.
    /// </summary>
    [Range(1_024, Argon2Hash.MaxMemoryKib)]
    public int HashMemoryKib { get; set; } = 19_456;

    /// <summary>How many times Argon2id passes over that memory, 1 to 10. Default: 2.</summary>
    [Range(1, Argon2Hash.MaxPasses)]
    public int HashPasses { get; set; } = 2;

    /// <summary>Days without a visit after which a session ends, 1 to 90; an open page is a visit. Default: 14.</summary>
    [Range(1, 90)]
    [FormerName("SessionDays")]
    public int SessionIdleDays { get; set; } = 14;

    /// <summary>Days after which a session ends whatever happens, tokens that were refreshed included; 1 to 365. Default: 30.</summary>
    [Range(1, 365)]
    public int SessionLifetimeDays { get; set; } = 30;

    /// <summary>
    /// How often cookies, tokens and open pages are checked against their session, 1 to 30 seconds: the longest that rights outlive
    /// their revocation on another instance when nothing tells it. Default: 15.
    /// </summary>
    [Range(1, 30)]
    public int RevalidateSeconds { get; set; } = 15;

    /// <summary>
    /// Who may register after the first user, who is the operator: whoever has an invitation, anybody, or nobody. Default: Invite.
    /// </summary>
    public RegistrationMode Registration { get; set; } = RegistrationMode.Invite;

    /// <summary>Days that an invitation can be used, 1 to 90. Default: 7.</summary>
    [Range(1, 90)]
    public int InvitationDays { get; set; } = 7;
}
