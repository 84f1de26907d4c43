using ExEngine.Core.Data;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace ExEngine.Web.Users.Proofs;

/// <summary>
/// <c>POST /account/confirm/proof</c>: the answer of the dialog that asks on open pages. It goes by HTTP, since a circuit knows neither
/// the address nor the device that answers, and a password has no business in one.
/// </summary>
public static class ProofEndpoints
{
    public static void MapProofs(this IEndpointRouteBuilder app) =>
        app.MapPost("/account/confirm/proof", ProveAsync).RequireAuthorization().ExcludeFromDescription();

    private static async Task<Results<NoContent, BadRequest, ContentHttpResult>> ProveAsync(
        HttpContext context,
        IAntiforgery antiforgery,
        UserManager<AppUser> users,
        OwnerProof proof
    )
    {
        if (!await antiforgery.IsRequestValidAsync(context) || await users.GetUserAsync(context.User) is not { } user)
        {
            return TypedResults.BadRequest();
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var result =
            form["Credential"].ToString() is { Length: > 0 } credential ? await proof.ByPasskeyAsync(context, user, credential)
            : form["Code"].ToString() is { Length: > 0 } code ? await proof.ByCodeAsync(context, user, code)
            : await proof.ByPasswordAsync(context, user, form["Password"].ToString());
        return result.Refusal is { } refusal
            ? TypedResults.Text(refusal, statusCode: StatusCodes.Status403Forbidden)
            : TypedResults.NoContent();
    }
}
