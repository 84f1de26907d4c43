namespace ExEngine.Core.Data;

/// <summary>One sign-in: a browser with its cookie, or a script with its tokens, from its begin to its end.</summary>
public sealed class UserSession
{
    public const int MaxText = 64;

    public Guid Id { get; set; }
    public Guid UserId { get; set; }
    public SessionKind Kind { get; set; }

    /// <summary>Of tokens: which refresh token comes next. One that was used before has a lower number.</summary>
    public int Generation { get; set; }

    /// <summary>What it came with, in words for its owner, such as "Firefox on Windows".</summary>
    public required string Device { get; set; }

    /// <summary>The address that it was last seen at.</summary>
    public required string Ip { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC, to the minute.</summary>
    public DateTime SeenAt { get; set; }

    /// <summary>UTC; when its owner last proved to be there, by a password, a passkey or a code.</summary>
    public DateTime ConfirmedAt { get; set; }

    /// <summary>UTC; it was ended before its time.</summary>
    public DateTime? EndedAt { get; set; }
}

public enum SessionKind
{
    /// <summary>A browser.</summary>
    Cookie,

    /// <summary>An access token and the refresh tokens that follow each other.</summary>
    Tokens,
}
