using ExEngine.Tests.FakeExchange.Trading;

namespace ExEngine.Tests.FakeExchange.Dialect;

/// <summary>The parameters <c>startTime</c> and <c>endTime</c>, in milliseconds, both inclusive.</summary>
internal static class Period
{
    private const long Day = 24 * 60 * 60 * 1000;

    /// <exception cref="RefusedException">The two are more than 24 hours apart.</exception>
    public static (long? From, long? To) Read(Parameters sent)
    {
        var (from, to) = (sent.Whole("startTime"), sent.Whole("endTime"));
        return to - from is > Day ? throw RefusedException.Bad(-1127, "More than 24 hours between startTime and endTime.")
            : to < from ? throw RefusedException.Bad(-1130, "Data sent for parameter 'startTime' is not valid.")
            : (from, to);
    }
}
