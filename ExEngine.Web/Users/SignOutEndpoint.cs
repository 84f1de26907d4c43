using ExEngine.Core.Data;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace ExEngine.Web.Users;

public static class SignOutEndpoint
{
    /// <summary><c>POST /account/sign-out</c>, sent by <c>SignOutButton</c> from circuits and plain pages alike.</summary>
    public static void MapSignOut(this IEndpointRouteBuilder app) =>
        app.MapPost("/account/sign-out", SignOutAsync).ExcludeFromDescription();

    private static async Task<Results<RedirectHttpResult, BadRequest>> SignOutAsync(
        HttpContext context,
        IAntiforgery antiforgery,
        SignInManager<AppUser> signIns
    )
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.BadRequest();
        }

        await signIns.SignOutAsync();
        return TypedResults.Redirect("/account/sign-in");
    }
}
