using System.Globalization;
using ExEngine.Core.RateLimits;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Web.Users.Guessing;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Users;

/// <summary>
/// Limits attempts to sign in, to register and to prove a password or code, per IP address and per account. A device that the account's
/// owner signed in with before is counted by itself, so that nobody else can use its attempts up.
/// </summary>
public sealed class AuthLimiter(RateLimiter limiter, KnownDevices devices, IOptions<AuthRateLimitOptions> options)
{
    /// <param name="act">A word for the attempt, such as <c>signin</c>: each is counted by itself.</param>
    /// <param name="account">The e-mail address, whether it exists or not; null when none is named.</param>
    /// <returns>Null when the attempt may go on; else how long to wait, and the answer is a 429 with <c>Retry-After</c>.</returns>
    public async ValueTask<TimeSpan?> RefuseAsync(HttpContext context, string act, string? account)
    {
        var limits = options.Value;
        if (account is not null && devices.Find(context, account) is { } device)
        {
            return Refusal(context, await AcquireAsync(context, $"{act}:device:{device}", limits.PermitsPerIp));
        }

        var address = SourceAddresses.Subscriber(context.Connection.RemoteIpAddress);
        var decision = await AcquireAsync(context, $"{act}:ip:{address}", limits.PermitsPerIp);
        if (decision.Allowed && account is not null)
        {
            decision = await AcquireAsync(context, $"{act}:account:{SignInHistory.Digest(account)}", limits.PermitsPerAccount);
        }

        return Refusal(context, decision);
    }

    private ValueTask<RateDecision> AcquireAsync(HttpContext context, string key, int permits) =>
        limiter.AcquireAsync(key, permits, TimeSpan.FromSeconds(options.Value.WindowSeconds), context.RequestAborted);

    private static TimeSpan? Refusal(HttpContext context, RateDecision decision)
    {
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
