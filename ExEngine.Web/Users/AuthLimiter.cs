using System.Globalization;
using ExEngine.Core.RateLimits;
using ExEngine.Core.Webhooks.Intake;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Users;

/// <summary>Limits attempts to sign in, to register and to prove a password or code, per IP address and per account.</summary>
public sealed class AuthLimiter(RateLimiter limiter, IOptions<AuthRateLimitOptions> options)
{
    /// <param name="act">A word for the attempt, such as <c>signin</c>: each is counted by itself.</param>
    /// <param name="account">The e-mail address or user id, whether it exists or not; null when none is named.</param>
    /// <returns>Null when the attempt may go on; else how long to wait, and the answer is a 429 with <c>Retry-After</c>.</returns>
    public async ValueTask<TimeSpan?> RefuseAsync(HttpContext context, string act, string? account)
    {
        var limits = options.Value;
        var window = TimeSpan.FromSeconds(limits.WindowSeconds);
        var decision = await limiter.AcquireAsync(
            $"{act}:ip:{SourceAddresses.Subscriber(context.Connection.RemoteIpAddress)}",
            limits.PermitsPerIp,
            window,
            context.RequestAborted
        );
        if (decision.Allowed && account is not null)
        {
            decision = await limiter.AcquireAsync(
                $"{act}:account:{SignInHistory.Digest(account)}",
                limits.PermitsPerAccount,
                window,
                context.RequestAborted
            );
        }

        if (decision.Allowed)
        {
            return null;
        }

        var seconds = Math.Max(1, (int)Math.Ceiling(decision.RetryAfter.TotalSeconds));
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(seconds);
    }
}
