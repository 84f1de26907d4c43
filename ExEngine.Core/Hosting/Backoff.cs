namespace ExEngine.Core.Hosting;

/// <summary>Delays that grow: soon at first, seldom at last. Pure: it knows no clock and keeps nothing.</summary>
/// <param name="First">The shortest delay; more than zero.</param>
/// <param name="Max">The longest delay.</param>
/// <param name="Factor">How many times as long each attempt's delay is as that of the one before; 2 or more.</param>
/// <param name="Jitter">
/// Source of numbers from 0 to 1; each shortens a delay by up to a half of it, so that many who failed together do not come back
/// together. None: always the whole delay.
/// </param>
public readonly record struct Backoff(TimeSpan First, TimeSpan Max, int Factor = 2, Func<decimal>? Jitter = null)
{
    /// <param name="attempt">1 for the first; less counts as the first.</param>
    /// <returns>The delay after that many attempts failed in a row.</returns>
    public TimeSpan ForAttempt(int attempt)
    {
        var ticks = First.Ticks;
        for (var n = 1; n < attempt && ticks < Max.Ticks; n++)
        {
            ticks *= Factor;
        }

        return Shortened(TimeSpan.FromTicks(Math.Min(ticks, Max.Ticks)));
    }

    /// <param name="age">How long it has lasted.</param>
    /// <returns>That long again, within the bounds: each look doubles the age.</returns>
    public TimeSpan ForAge(TimeSpan age) =>
        Shortened(
            age < First ? First
            : age > Max ? Max
            : age
        );

    private TimeSpan Shortened(TimeSpan delay) => Jitter is null ? delay : TimeSpan.FromTicks((long)(delay.Ticks * (1 - (Jitter() / 2))));
}
