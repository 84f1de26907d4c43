using System.Security.Cryptography;
using System.Text;
using ExEngine.Core.RateLimits;

namespace ExEngine.Web.Users;

/// <summary>Which codes were used lately, on any instance that shares the limiter.</summary>
public sealed class SignInHistory(RateLimiter limiter)
{
    // Identity's codes live three minutes: their half minute, and the drift it allows on both sides.
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(3);

    public async ValueTask<bool> WasUsedAsync(Guid userId, string code, CancellationToken cancellationToken) =>
        !(await limiter.AcquireAsync($"signin:code:{userId:N}:{Digest(code)}", 1, CodeLife, cancellationToken)).Allowed;

    /// <summary>Names and codes themselves stay out of the shared store.</summary>
    internal static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Trim().ToUpperInvariant())))[..32];
}
