using ExEngine.Core.RateLimits;
using ExEngine.Core.Webhooks.Intake;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Users.Guessing;

/// <summary>
/// Makes who guesses wait, longer the longer it goes on: per address, and per name. Wrong guesses of strangers never make a device
/// wait that the owner signed in with before: those are counted by themselves. On all instances that share the limiter.
/// </summary>
public sealed class GuessWaits(
    RateLimiter limiter,
    KnownDevices devices,
    IOptions<UserOptions> users,
    IOptions<AuthRateLimitOptions> limits
)
{
    // So many guesses more for so much more time: five in five minutes, ten in a quarter of an hour, twenty in an hour.
    private static readonly (int Guesses, int Times)[] Steps = [(4, 12), (2, 3), (1, 1)];

    /// <summary>Counts a guess as wrong until <see cref="Guess.RightAsync"/>, so that many at once are no more than one by one.</summary>
    /// <param name="what">A word for what is guessed: each is counted by itself.</param>
    /// <param name="userName">Whose it is, known or not.</param>
    /// <param name="stranger">What a stranger's guesses are counted under: the name, or the session that guesses.</param>
    public async Task<Guess> BeginAsync(HttpContext context, string what, string userName, string stranger)
    {
        var ended = context.RequestAborted;
        if (devices.Find(context, userName) is { } device)
        {
            var own = await TakeAsync($"{what}:wrong:device:{device}", users.Value.LockoutAfterFailures, ended);
            if (own.Wait is null)
            {
                return own;
            }
        }

        var address = SourceAddresses.Subscriber(context.Connection.RemoteIpAddress);
        var byAddress = await TakeAsync($"{what}:wrong:ip:{address}", limits.Value.PermitsPerIp, ended);
        if (byAddress.Wait is not null)
        {
            return byAddress;
        }

        var byName = await TakeAsync($"{what}:wrong:name:{stranger}", users.Value.LockoutAfterFailures, ended);
        if (byName.Wait is not null)
        {
            await byAddress.RightAsync(ended);
            return byName;
        }

        return new Guess(limiter, [.. byAddress.Keys, .. byName.Keys], null);
    }

    /// <summary>In words, for who has to wait.</summary>
    public static string Words(TimeSpan wait) =>
        $"Too many wrong attempts from here or for this address. Try again in {Text(wait)}. A device that you signed in with before, "
        + "a passkey or a recovery code need not wait.";

    internal static string Text(TimeSpan wait) =>
        wait.TotalSeconds < 100
            ? $"{Math.Max(1, Math.Ceiling(wait.TotalSeconds)):0} seconds"
            : $"{Math.Ceiling(wait.TotalMinutes):0} minutes";

    private async Task<Guess> TakeAsync(string key, int guesses, CancellationToken cancellationToken)
    {
        var taken = new List<string>();
        foreach (var step in Steps)
        {
            var name = $"{key}:{step.Times}";
            var window = TimeSpan.FromMinutes(users.Value.LockoutMinutes * step.Times);
            var decision = await limiter.AcquireAsync(name, guesses * step.Guesses, window, cancellationToken);
            if (!decision.Allowed)
            {
                await new Guess(limiter, taken, null).RightAsync(cancellationToken);
                return new Guess(limiter, [], decision.RetryAfter);
            }

            taken.Add(name);
        }

        return new Guess(limiter, taken, null);
    }
}

/// <summary>One guess that was counted.</summary>
/// <param name="Wait">How long until there may be another one, which this is not; null when it may be checked.</param>
public sealed record Guess(RateLimiter Limiter, IReadOnlyList<string> Keys, TimeSpan? Wait)
{
    /// <summary>It was right, so it does not count.</summary>
    public async Task RightAsync(CancellationToken cancellationToken)
    {
        foreach (var key in Keys)
        {
            await Limiter.ReturnAsync(key, cancellationToken);
        }
    }
}
