using System.Globalization;
using System.Text;
using ExEngine.Core.Data;
using ExEngine.Web.Network;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Web.Users.Commands;

/// <summary>
/// What who runs the program can do for its users, from a shell on the machine: <c>users list</c>, <c>users reset-password EMAIL</c>,
/// <c>users end-sessions EMAIL</c>. They work on the database while the program runs or not, and start no server.
/// </summary>
internal static class UserCommands
{
    private const string Help = """
        users list                    everybody, with what they sign in with and when they came last
        users reset-password EMAIL    a link that sets a new password, once, within a day
        users end-sessions EMAIL      signs a user out everywhere, tokens included
        """;

    private const int Good = 0;
    private const int Wrong = 1;

    /// <summary>Whether the program was started for one of these.</summary>
    public static bool Are(string[] arguments) => arguments is ["users", ..];

    /// <returns>The exit code: 0, or 1 with the reason in words.</returns>
    public static async Task<int> RunAsync(IServiceProvider services, string[] arguments, TextWriter output)
    {
        await using var scope = services.CreateAsyncScope();
        try
        {
            var words = arguments.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal)).ToArray();
            return words switch
            {
                ["users", "list"] => await ListAsync(scope.ServiceProvider, output),
                ["users", "reset-password", var email] => await ResetAsync(scope.ServiceProvider, email, output),
                ["users", "end-sessions", var email] => await EndAsync(scope.ServiceProvider, email, output),
                _ => await SayAsync(output, Help, Wrong),
            };
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException)
        {
            return await SayAsync(
                output,
                $"The database did not answer as expected: {e.Message} Start the program once before, so that it is up to date.",
                Wrong
            );
        }
    }

    private static async Task<int> ListAsync(IServiceProvider services, TextWriter output)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var users = await db
            .Users.AsNoTracking()
            .OrderBy(u => u.Id)
            .Select(u => new
            {
                u.Email,
                u.CreatedAt,
                u.TwoFactorEnabled,
                Live = db.Sessions.Count(s => s.UserId == u.Id && s.EndedAt == null),
                Last = db.Sessions.Where(s => s.UserId == u.Id).Max(s => (DateTime?)s.SeenAt),
            })
            .ToListAsync();
        await output.WriteLineAsync("e-mail                                    registered  authenticator  sessions  last seen (UTC)");
        foreach (var user in users)
        {
            var last = user.Last?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "never";
            string[] columns =
            [
                (user.Email ?? "").PadRight(40),
                user.CreatedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                (user.TwoFactorEnabled ? "yes" : "no").PadRight(13),
                user.Live.ToString(CultureInfo.InvariantCulture).PadLeft(8),
                last,
            ];
            await output.WriteLineAsync(string.Join("  ", columns));
        }

        return Good;
    }

    private static async Task<int> ResetAsync(IServiceProvider services, string email, TextWriter output)
    {
        var users = services.GetRequiredService<UserManager<AppUser>>();
        if (await users.FindByEmailAsync(email) is not { } user)
        {
            return await SayAsync(output, Unknown(email), Wrong);
        }

        var code = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(await users.GeneratePasswordResetTokenAsync(user)));
        var place = services.GetRequiredService<PublicAddress>().ForPeople(null) ?? "<address of the program>";
        return await SayAsync(
            output,
            $"""
            Give this link to {user.Email}. It works once, until tomorrow, and signs every device out:
            {place}/account/reset?email={Uri.EscapeDataString(user.Email!)}&code={code}
            An authenticator stays on: without it and without a recovery code the user cannot sign in.
            """,
            Good
        );
    }

    private static async Task<int> EndAsync(IServiceProvider services, string email, TextWriter output)
    {
        var users = services.GetRequiredService<UserManager<AppUser>>();
        if (await users.FindByEmailAsync(email) is not { } user)
        {
            return await SayAsync(output, Unknown(email), Wrong);
        }

        // A new stamp ends every session: see AppUserManager.
        await users.UpdateSecurityStampAsync(user);
        return await SayAsync(output, $"{user.Email} is signed out everywhere; open pages end within moments.", Good);
    }

    private static string Unknown(string email) => $"There is no user {email}. users list shows all of them.";

    private static async Task<int> SayAsync(TextWriter output, string words, int code)
    {
        await output.WriteLineAsync(words);
        return code;
    }
}
