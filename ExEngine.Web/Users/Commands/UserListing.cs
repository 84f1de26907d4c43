using System.Globalization;
using ExEngine.Web.Users.Operators;

namespace ExEngine.Web.Users.Commands;

/// <summary>The table of <c>users list</c>.</summary>
internal static class UserListing
{
    private const int Step = 500;

    public static async Task<int> WriteAsync(IServiceProvider services, TextWriter output)
    {
        var roster = services.GetRequiredService<UserRoster>();
        var all = new List<UserLine>();
        List<UserLine> step;
        do
        {
            step = await roster.ListAsync(all.Count > 0 ? all[^1].Id : null, Step, CancellationToken.None);
            all.AddRange(step);
        } while (step.Count == Step);

        await output.WriteLineAsync(
            "e-mail                                    registered  authenticator  sessions  last seen (UTC)   state"
        );
        foreach (var user in Enumerable.Reverse(all))
        {
            string[] columns =
            [
                user.Email.PadRight(40),
                user.CreatedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                (user.TwoFactor ? "yes" : "no").PadRight(13),
                user.Sessions.ToString(CultureInfo.InvariantCulture).PadLeft(8),
                (user.LastSeenAt?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "never").PadRight(16),
                user.DisabledAt is not null ? "disabled"
                : user.IsOperator ? "operator"
                : "",
            ];
            await output.WriteLineAsync(string.Join("  ", columns).TrimEnd());
        }

        return 0;
    }
}
