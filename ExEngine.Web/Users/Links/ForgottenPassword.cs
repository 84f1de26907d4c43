using ExEngine.Core.Data;
using ExEngine.Core.RateLimits;
using ExEngine.Web.Mail;
using ExEngine.Web.Users.Sessions;
using Microsoft.AspNetCore.Identity;

namespace ExEngine.Web.Users.Links;

/// <summary>
/// Mails a link that sets a new password. Whether there is such a user is found out behind the back of who asks, so that neither the
/// answer nor its time tells.
/// </summary>
public sealed class ForgottenPassword(Outbox mail, UserLinks links, IServiceScopeFactory scopes, RateLimiter limiter, SecurityLog log)
{
    // Whoever asks more often only fills the owner's mailbox.
    private const int MailsPerUser = 3;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Whether links are mailed; otherwise whoever runs this server makes one.</summary>
    public bool IsMailed => mail.IsOn;

    public void Ask(HttpContext context, string email)
    {
        log.Note(context, "Password reset asked for");
        var place = context.Place();
        mail.Post(cancellationToken => WriteAsync(email, place, cancellationToken));
    }

    private async Task<Letter?> WriteAsync(string email, string place, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        if (await users.FindByEmailAsync(email.Trim()) is not { DisabledAt: null, Email: { } stored } user)
        {
            return null;
        }

        if (!(await limiter.AcquireAsync($"forgot:mail:{user.Id:N}", MailsPerUser, Window, cancellationToken)).Allowed)
        {
            return null;
        }

        // To the address as it was registered: what was typed may only look like it.
        var link = links.Reset(stored, await users.GeneratePasswordResetTokenAsync(user), null);
        log.Act("Password reset mailed", null, user.Id, place);
        return UserLetters.Reset(stored, link);
    }
}
