using System.Globalization;

namespace ExEngine.Web.Users.Guessing;

public static class RetryAfter
{
    /// <summary>The value of the header: whole seconds, at least one.</summary>
    public static string Seconds(TimeSpan wait) =>
        Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
