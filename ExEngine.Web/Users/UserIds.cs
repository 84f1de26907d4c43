using System.Security.Claims;

namespace ExEngine.Web.Users;

public static class UserIds
{
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Guid UserId(this ClaimsPrincipal principal) =>
        principal.UserIdOrNull()
        ?? throw new InvalidOperationException("Nobody is signed in: the route or page must require authorization.");

    public static Guid? UserIdOrNull(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
}
