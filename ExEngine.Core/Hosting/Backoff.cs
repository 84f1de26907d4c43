namespace ExEngine.Core.Hosting;

/// <summary>Pauses that grow with how long something has lasted: soon at first, seldom at last.</summary>
internal static class Backoff
{
    /// <returns><paramref name="age"/> again, at least <paramref name="least"/> and else at most <paramref name="most"/>.</returns>
    public static TimeSpan After(TimeSpan age, TimeSpan least, TimeSpan most) =>
        age < least ? least
        : age > most ? most
        : age;
}
