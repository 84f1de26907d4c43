using System.ComponentModel.DataAnnotations;
using ExEngine.Core.Hosting;

namespace ExEngine.Web.Users;

/// <summary>Section <c>Users</c>. <c>HashIterations</c> were the rounds of PBKDF2, which is only read now.</summary>
[FormerName("HashIterations")]
public sealed class UserOptions
{
    /// <summary>Wrong passwords or codes in a row after which an account is locked, 3 to 100. Default: 5.</summary>
    [Range(3, 100)]
    public int LockoutAfterFailures { get; set; } = 5;

    /// <summary>How long a locked account stays locked, 1 to 1440 minutes. Default: 5.</summary>
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

    /// <summary>Days without a visit after which "stay signed in" ends, 1 to 90. Default: 14.</summary>
    [Range(1, 90)]
    public int SessionDays { get; set; } = 14;

    /// <summary>
    /// How often cookies, tokens and open pages are checked against the user's security stamp, 1 to 30 seconds: the longest
    /// that rights outlive their revocation. Default: 15.
    /// </summary>
    [Range(1, 30)]
    public int RevalidateSeconds { get; set; } = 15;
}
