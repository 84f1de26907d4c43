using ExEngine.Core.Data;
using ExEngine.Web.Mail;
using ExEngine.Web.Users.Operators;
using Microsoft.AspNetCore.Identity;

namespace ExEngine.Web.Users.Commands;

/// <summary>
/// What who runs the program can do for its users, from a shell on the machine. The commands work on the database while the program runs
/// or not, and start no server.
/// </summary>
public static class UserCommands
{
    private const string Help = """
        users list                    everybody, with what they sign in with and when they came last
        users invite [EMAIL]          a link that makes an account, once, for that address or any
        users reset-password EMAIL    a link that sets a new password, once, within a day
        users end-sessions EMAIL      signs a user out everywhere, tokens included
        users disable EMAIL           keeps a user out; what is held stays protected
        users enable EMAIL            lets a user in again
        users make-operator EMAIL     lets a user invite, disable and help others
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
                ["users", "list"] => await UserListing.WriteAsync(scope.ServiceProvider, output),
                ["users", "invite"] => await InviteAsync(scope.ServiceProvider, null, output),
                ["users", "invite", var email] => await InviteAsync(scope.ServiceProvider, email, output),
                ["users", var act and ("reset-password" or "end-sessions" or "disable" or "enable" or "make-operator"), var email] =>
                    await ForAsync(scope.ServiceProvider, act, email, output),
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

    private static async Task<int> InviteAsync(IServiceProvider services, string? email, TextWriter output)
    {
        var result = await services.GetRequiredService<OperatorActs>().InviteAsync(Actor.Shell, email, CancellationToken.None);
        if (result.Refusal is { } refusal)
        {
            return await SayAsync(output, InviteWords.Of(refusal), Wrong);
        }

        await output.WriteLineAsync(
            $"Whoever opens this link may make an account, once, until {result.Invitation!.ExpiresAt:yyyy-MM-dd HH:mm} UTC"
        );
        await output.WriteLineAsync(email is null ? "(give it to one person):" : $"(with the address {result.Invitation.Email} alone):");
        await output.WriteLineAsync(result.Link);
        return result.Letter is null ? Good : await MailAsync(services, result.Letter, output);
    }

    private static async Task<int> MailAsync(IServiceProvider services, Letter letter, TextWriter output)
    {
        try
        {
            await services.GetRequiredService<Mailer>().SendAsync(letter, CancellationToken.None);
            return await SayAsync(output, $"It was mailed to {letter.To}.", Good);
        }
        catch (MailFailedException e)
        {
            return await SayAsync(output, $"It could not be mailed ({e.Message}): pass it on yourself.", Good);
        }
    }

    private static async Task<int> ForAsync(IServiceProvider services, string act, string email, TextWriter output)
    {
        if (await services.GetRequiredService<UserManager<AppUser>>().FindByEmailAsync(email) is not { } user)
        {
            return await SayAsync(output, $"There is no user {email}. users list shows all of them.", Wrong);
        }

        var acts = services.GetRequiredService<OperatorActs>();
        var none = CancellationToken.None;
        return act switch
        {
            "reset-password" => await ResetAsync(acts, user, output),
            "end-sessions" => await DoneAsync(
                await acts.EndSessionsAsync(Actor.Shell, user.Id, none),
                $"{user.Email} is signed out everywhere; open pages end within moments.",
                output
            ),
            "disable" => await DoneAsync(
                await acts.DisableAsync(Actor.Shell, user.Id, none),
                $"{user.Email} is disabled: signed out everywhere, and alerts are refused within moments. Open orders, stops and alerts "
                    + "that were taken before go on.",
                output
            ),
            "enable" => await DoneAsync(
                await acts.EnableAsync(Actor.Shell, user.Id, none),
                $"{user.Email} may sign in again, and alerts are taken.",
                output
            ),
            _ => await DoneAsync(
                await acts.MakeOperatorAsync(Actor.Shell, user.Id, none),
                $"{user.Email} is an operator: may invite, disable and help others.",
                output
            ),
        };
    }

    private static async Task<int> ResetAsync(OperatorActs acts, AppUser user, TextWriter output)
    {
        var link = await acts.ResetLinkAsync(Actor.Shell, user.Id, CancellationToken.None);
        return await SayAsync(
            output,
            $"""
            Give this link to {user.Email}. It works once, until tomorrow, and signs every device out:
            {link!.Url}
            An authenticator stays on: without it and without a recovery code the user cannot sign in.
            """,
            Good
        );
    }

    private static Task<int> DoneAsync(UserChange change, string words, TextWriter output) =>
        change switch
        {
            UserChange.Done => SayAsync(output, words, Good),
            UserChange.LastOperator => SayAsync(
                output,
                "This is the only operator that is not disabled: nobody could undo it on a page. users make-operator EMAIL makes another.",
                Wrong
            ),
            _ => SayAsync(output, "The user was deleted meanwhile.", Wrong),
        };

    private static async Task<int> SayAsync(TextWriter output, string words, int code)
    {
        await output.WriteLineAsync(words);
        return code;
    }
}
