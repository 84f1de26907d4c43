using ExEngine.Core.Data;
using ExEngine.Web.Users.Proofs;
using Microsoft.AspNetCore.Identity;

namespace ExEngine.Web.Api.Auth;

/// <summary><c>/api/auth/confirm</c>: the owner of a session proves once more to be there, which counts for five minutes.</summary>
public static class ConfirmEndpoints
{
    public static void MapConfirm(this IEndpointRouteBuilder auth) =>
        auth.MapPost("confirm", ConfirmAsync)
            .RequireAuthorization()
            .WithSummary("Proves that it is you, for the next five minutes: needed before what gives or takes lasting access")
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesValidationProblem();

    private static async Task<IResult> ConfirmAsync(
        HttpContext context,
        ConfirmRequest request,
        UserManager<AppUser> users,
        OwnerProof proof
    )
    {
        if (await users.GetUserAsync(context.User) is not { } user)
        {
            return TypedResults.Unauthorized();
        }

        var byCode = string.IsNullOrEmpty(request.Password) && !string.IsNullOrEmpty(request.TwoFactorCode);
        var result = byCode
            ? await proof.ByCodeAsync(context, user, request.TwoFactorCode)
            : await proof.ByPasswordAsync(context, user, request.Password);
        return result.Refusal is null
            ? TypedResults.NoContent()
            : ConfirmationFilter.Refused(context, byCode ? nameof(request.TwoFactorCode) : nameof(request.Password), result);
    }
}

/// <summary>One of the two.</summary>
/// <param name="TwoFactorCode">The six digits of the authenticator app, when one is set up.</param>
public sealed record ConfirmRequest(string? Password, string? TwoFactorCode)
{
    // A record prints its properties; these would end up in a log.
    public override string ToString() => nameof(ConfirmRequest);
}
