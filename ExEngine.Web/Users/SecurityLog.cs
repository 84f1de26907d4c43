using ExEngine.Web.Logs;
using ExEngine.Web.Users.Sessions;

namespace ExEngine.Web.Users;

/// <summary>
/// What an operator looks for after an attack, in the security log: with address and request id, and never a name or a secret.
/// </summary>
public sealed class SecurityLog(ILoggerFactory loggers)
{
    private readonly ILogger _log = loggers.CreateLogger(LogServices.Security);

    /// <param name="what">What happened, such as <c>Sign-in refused</c>.</param>
    /// <param name="userId">Who it is about, where the request does not say.</param>
    public void Note(HttpContext context, string what, Guid? userId = null) =>
        _log.LogInformation(
            "{What} from {Address}, request {RequestId}, user {UserId}",
            what,
            context.Place(),
            context.TraceIdentifier,
            userId ?? context.User.UserIdOrNull()
        );

    /// <summary>What was done to a user, or for one, and by whom.</summary>
    /// <param name="by">Null for who runs the program, or a stranger.</param>
    /// <param name="about">The user, the invitation, or null.</param>
    /// <param name="place">An address, or a word such as <c>a shell</c>.</param>
    public void Act(string what, Guid? by, Guid? about, string place) =>
        _log.LogInformation("{What} from {Address}, by user {UserId}, about {Subject}", what, place, by, about);
}
