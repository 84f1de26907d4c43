using System.ComponentModel.DataAnnotations;

namespace ExEngine.Web.Users;

/// <summary>Section <c>Users</c>.</summary>
public sealed class UserOptions
{
    /// <summary>Wrong passwords or codes in a row after which an account is locked, 3 to 100. Default: 5.</summary>
    [Range(3, 100)]
    public int LockoutAfterFailures { get; set; } = 5;

    /// <summary>How long a locked account stays locked, 1 to 1440 minutes. Default: 5.</summary>
    [Range(1, 1440)]
    public int LockoutMinutes { get; set; } = 5;

    /// <summary>PBKDF2-HMAC-SHA512 rounds per password, 1,000 to 10,000,000. Default: 220000.</summary>
    [Range(1_000, 10_000_000)]
    public int HashIterations { get; set; } = 220_000;

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
