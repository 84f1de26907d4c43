using System.Security.Claims;

namespace ExEngine.Web.Users;

/// <summary>
/// The signed-in user. An endpoint takes it as a parameter (<c>CurrentUser user</c>); a page asks its
/// <see cref="ClaimsPrincipal"/> with <see cref="UserIds.UserId"/>.
/// </summary>
public readonly record struct CurrentUser(Guid Id)
{
    /// <summary>Called by minimal APIs; the route must require authorization.</summary>
    public static ValueTask<CurrentUser> BindAsync(HttpContext context) => new(new CurrentUser(context.User.UserId()));
}
