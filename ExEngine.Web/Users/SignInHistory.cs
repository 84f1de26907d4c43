using System.Security.Cryptography;
using System.Text;
using ExEngine.Core.RateLimits;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Users;

/// <summary>What was tried lately with a name or a code, known or not, on any instance that shares the limiter.</summary>
public sealed class SignInHistory(RateLimiter limiter, IOptions<UserOptions> options)
{
    // Identity's codes live three minutes: their half minute, and the drift it allows on both sides.
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(3);

    /// <summary>True when the name has now failed as often as locks an account.</summary>
    public async ValueTask<bool> NoteFailureAsync(string userName, CancellationToken cancellationToken)
    {
        var users = options.Value;
        var decision = await limiter.AcquireAsync(
            $"signin:failed:{Digest(userName)}",
            users.LockoutAfterFailures - 1,
            TimeSpan.FromMinutes(users.LockoutMinutes),
            cancellationToken
        );
        return !decision.Allowed;
    }

    public async ValueTask<bool> WasUsedAsync(Guid userId, string code, CancellationToken cancellationToken) =>
        !(await limiter.AcquireAsync($"signin:code:{userId:N}:{Digest(code)}", 1, CodeLife, cancellationToken)).Allowed;

    /// <summary>Names and codes themselves stay out of the shared store.</summary>
    internal static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Trim().ToUpperInvariant())))[..32];
}
