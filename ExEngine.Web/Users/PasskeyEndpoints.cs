using ExEngine.Core.Data;
using ExEngine.Web.Users.Proofs;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;

namespace ExEngine.Web.Users;

/// <summary>What the browser asks for before it talks to an authenticator; <c>account.js</c> calls these.</summary>
public static class PasskeyEndpoints
{
    public static void MapPasskeys(this IEndpointRouteBuilder app)
    {
        var passkeys = app.MapGroup("/account/passkeys").ExcludeFromDescription();
        passkeys.AddEndpointFilter(RequireAntiforgeryAsync);
        passkeys.MapPost("/request-options", RequestOptionsAsync);
        passkeys.MapPost("/creation-options", CreationOptionsAsync).RequireAuthorization();
    }

    // For nobody in particular: options made for a name would tell whether it exists.
    private static async Task<IResult> RequestOptionsAsync(SignInManager<AppUser> signIns) =>
        TypedResults.Content(await signIns.MakePasskeyRequestOptionsAsync(null), "application/json");

    private static async Task<IResult> CreationOptionsAsync(
        HttpContext context,
        SignInManager<AppUser> signIns,
        Confirmations confirmations
    )
    {
        if (await signIns.UserManager.GetUserAsync(context.User) is not { } user)
        {
            return TypedResults.NotFound();
        }

        if (!await confirmations.IsFreshAsync(context.User, context.RequestAborted))
        {
            return TypedResults.Text(
                "It is a while since you showed that it is you. Open this page again.",
                statusCode: StatusCodes.Status403Forbidden
            );
        }

        var entity = new PasskeyUserEntity
        {
            Id = await ((AppUserManager)signIns.UserManager).PasskeyHandleAsync(user),
            Name = user.Email!,
            DisplayName = user.Email!,
        };
        return TypedResults.Content(await signIns.MakePasskeyCreationOptionsAsync(entity), "application/json");
    }

    private static async ValueTask<object?> RequireAntiforgeryAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var antiforgery = context.HttpContext.RequestServices.GetRequiredService<IAntiforgery>();
        return await antiforgery.IsRequestValidAsync(context.HttpContext) ? await next(context) : TypedResults.BadRequest();
    }
}
