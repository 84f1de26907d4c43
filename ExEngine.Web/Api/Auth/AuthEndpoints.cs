using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Web.Api.Problems;
using ExEngine.Web.Users;
using ExEngine.Web.Users.Proofs;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.Data;
using Microsoft.AspNetCore.Mvc;

namespace ExEngine.Web.Api.Auth;

/// <summary>ASP.NET Identity's own endpoints, with our limits and the problem details of the rest of the API.</summary>
public static class AuthEndpoints
{
    /// <summary>
    /// Links by e-mail are asked for on a page, whose waits and words are made for people; these routes say so instead of pretending.
    /// </summary>
    private static readonly string[] NeedEmail = ["confirmEmail", "resendConfirmationEmail", "forgotPassword", "resetPassword"];

    public static void MapAuth(this IEndpointRouteBuilder app)
    {
        var auth = app.MapGroup("/api/auth").WithTags("Users").WithMetadata(new RequestSizeLimitAttribute(64 * 1024));
        auth.AddEndpointFilter(LimitAsync);
        auth.AddEndpointFilter(async (context, next) => IdentityProblems.Translate(await next(context)));
        auth.MapSessions();
        auth.MapConfirm();
        auth.MapRegister();
        var identity = auth.MapIdentityApi<AppUser>();
        identity.Add(RefreshEndpoint.Replace);
        identity.Add(RegisterEndpoint.Hide);
        identity.Add(RefuseEmail);
    }

    private static void RefuseEmail(EndpointBuilder endpoint)
    {
        var route = ((RouteEndpointBuilder)endpoint).RoutePattern.RawText ?? "";
        if (NeedEmail.Any(name => route.EndsWith($"/{name}", StringComparison.Ordinal)))
        {
            endpoint.Metadata.Add(new ExcludeFromDescriptionAttribute());
            endpoint.RequestDelegate = context =>
                ApiProblems
                    .Problem(
                        StatusCodes.Status501NotImplemented,
                        ProblemCodes.NoEmail,
                        "Not over REST. A link that sets a new password is asked for at /account/forgot, or from who runs this server."
                    )
                    .ExecuteAsync(context);
        }
    }

    /// <summary>
    /// Everything about the second factor needs a confirmation, its key too; the password in the same request is one. The old password
    /// that a new one needs is checked here first, because only here wrong ones make the guesser wait.
    /// </summary>
    private static async Task<IResult?> ProveAsync(HttpContext context, object? body)
    {
        var users = context.RequestServices.GetRequiredService<UserManager<AppUser>>();
        var proof = context.RequestServices.GetRequiredService<OwnerProof>();
        var password = body switch
        {
            InfoRequest { NewPassword.Length: > 0 } info => info.OldPassword,
            TwoFactorRequest => await PasswordAgainAsync(context),
            _ => null,
        };
        if (!string.IsNullOrEmpty(password) && await users.GetUserAsync(context.User) is { } user)
        {
            var field = body is InfoRequest ? nameof(InfoRequest.OldPassword) : nameof(PasswordAgain.Password);
            var result = await proof.ByPasswordAsync(context, user, password);
            return result.Refusal is null ? null : ConfirmationFilter.Refused(context, field, result);
        }

        return body is TwoFactorRequest ? await ConfirmationFilter.RefuseAsync(context) : null;
    }

    private static async Task<string?> PasswordAgainAsync(HttpContext context)
    {
        var again = await SentBody.ReadAsync<PasswordAgain>(context, JsonSerializerOptions.Web);
        return again?.Password;
    }

    private static async ValueTask<object?> LimitAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var body = context.Arguments.FirstOrDefault(a => a is LoginRequest or RegistrationRequest or InfoRequest or TwoFactorRequest);
        if (Wrong(body) is { } wrong)
        {
            return ApiProblems.Invalid(new Dictionary<string, string[]> { [wrong.Field] = [wrong.Message] });
        }

        var http = context.HttpContext;
        var limiter = http.RequestServices.GetRequiredService<AuthLimiter>();
        var wait = body switch
        {
            // A recovery code is nobody's guess, so the guesses of others do not count against it.
            LoginRequest { TwoFactorRecoveryCode.Length: > 0 } => await limiter.RefuseAsync(http, "recovery", null),
            LoginRequest login => await limiter.RefuseAsync(http, "signin", login.Email),
            RegistrationRequest register => await limiter.RefuseAsync(http, "register", register.Email),
            TwoFactorRequest { TwoFactorCode.Length: > 0 } => await limiter.RefuseAsync(http, "code", http.User.Identity?.Name),
            _ => null,
        };
        if (wait is { } time)
        {
            return ApiProblems.Problem(
                StatusCodes.Status429TooManyRequests,
                ProblemCodes.RateLimited,
                $"Too many attempts. Try again in {time.TotalSeconds:0} seconds."
            );
        }

        if (body is LoginRequest { TwoFactorRecoveryCode: { Length: > 0 } code })
        {
            ((AppSignInManager)http.RequestServices.GetRequiredService<SignInManager<AppUser>>()).RecoveryCode = code;
        }

        return await ProveAsync(http, body) is { } unproven ? unproven : await next(context);
    }

    private static (string Field, string Message)? Wrong(object? body) =>
        body switch
        {
            LoginRequest { Email: null } or RegistrationRequest { Email: null } => ("email", "Enter your e-mail address."),
            LoginRequest { Password: null } or RegistrationRequest { Password: null } => ("password", "Enter your password."),
            InfoRequest { NewEmail.Length: > 0 } => (
                "newEmail",
                "The address cannot be changed: nothing confirms that the new one is yours."
            ),
            _ => null,
        };

    private sealed record PasswordAgain(string? Password);
}
