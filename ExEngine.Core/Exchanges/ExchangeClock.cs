using System.Globalization;

namespace ExEngine.Core.Exchanges;

/// <param name="Exchange">CCXT's id.</param>
/// <param name="Drift">The exchange's clock minus ours.</param>
/// <param name="MeasuredAt">UTC.</param>
public sealed record ExchangeClock(string Exchange, TimeSpan Drift, DateTime MeasuredAt)
{
    /// <summary>Exchanges turn down what is stamped a second ahead of them; half of that is time to do something.</summary>
    public static TimeSpan Tolerated { get; } = TimeSpan.FromMilliseconds(500);

    public bool IsFar => Drift.Duration() > Tolerated;

    /// <summary>Such as <c>−120 ms</c>: below zero when the exchange is behind.</summary>
    public string Text =>
        string.Create(CultureInfo.InvariantCulture, $"{(Drift < TimeSpan.Zero ? "−" : "")}{Drift.Duration().TotalMilliseconds:0} ms");
}
