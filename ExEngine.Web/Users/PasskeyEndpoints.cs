using ExEngine.Core.Data;
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

    // A passkey opens the account for good. Without these options none can be added, so this is where the password is asked for again.
    private static async Task<IResult> CreationOptionsAsync(HttpContext context, SignInManager<AppUser> signIns, AuthLimiter limiter)
    {
        if (await signIns.UserManager.GetUserAsync(context.User) is not { } user)
        {
            return TypedResults.NotFound();
        }

        var password = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync())["Password"].ToString() : "";
        if (await PasswordProof.RefuseAsync(context, signIns, limiter, user, password) is { } refusal)
        {
            return TypedResults.Text(refusal, statusCode: StatusCodes.Status403Forbidden);
        }

        var entity = new PasskeyUserEntity
        {
            Id = user.Id.ToString(),
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
