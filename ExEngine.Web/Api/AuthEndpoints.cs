using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.Data;
using Microsoft.AspNetCore.Mvc;

namespace ExEngine.Web.Api;

/// <summary>ASP.NET Identity's own endpoints, with our limits and the problem details of the rest of the API.</summary>
public static class AuthEndpoints
{
    /// <summary>
    /// This server sends no e-mail, so nothing that needs one can work; these routes say so instead of pretending. A user who
    /// forgot the password signs in with a passkey, or asks whoever runs the server.
    /// </summary>
    private static readonly string[] NeedEmail = ["confirmEmail", "resendConfirmationEmail", "forgotPassword", "resetPassword"];

    public static void MapAuth(this IEndpointRouteBuilder app)
    {
        var auth = app.MapGroup("/api/auth").WithTags("Users").WithMetadata(new RequestSizeLimitAttribute(64 * 1024));
        auth.AddEndpointFilter(LimitAsync);
        auth.AddEndpointFilter(async (context, next) => IdentityProblems.Translate(await next(context)));
        var identity = auth.MapIdentityApi<AppUser>();
        identity.Add(RefuseEmail);
        identity.Add(KeepBody);
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
                        "This server sends no e-mail, so this cannot work here."
                    )
                    .ExecuteAsync(context);
        }
    }

    // Identity's request for the second factor has no place for the password: it is read from the body once more.
    private static void KeepBody(EndpointBuilder endpoint)
    {
        if (((RouteEndpointBuilder)endpoint).RoutePattern.RawText?.EndsWith("/manage/2fa", StringComparison.Ordinal) == true)
        {
            var answer = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context =>
            {
                context.Request.EnableBuffering();
                return answer(context);
            };
        }
    }

    /// <summary>
    /// While the second factor is on, its key and every change of it need the password again, as on the pages. Turning it on goes as
    /// Identity has it, so that scripts for it go on working.
    /// </summary>
    private static async Task<ValidationProblem?> ProveAsync(HttpContext context)
    {
        var signIns = context.RequestServices.GetRequiredService<SignInManager<AppUser>>();
        if (await signIns.UserManager.GetUserAsync(context.User) is not { TwoFactorEnabled: true } user)
        {
            return null;
        }

        context.Request.Body.Position = 0;
        var proof = await JsonSerializer.DeserializeAsync<PasswordAgain>(
            context.Request.Body,
            JsonSerializerOptions.Web,
            context.RequestAborted
        );
        return await PasswordProof.RefuseAsync(signIns, user, proof?.Password) is { } refusal
            ? ApiProblems.Invalid(new Dictionary<string, string[]> { ["password"] = [refusal] })
            : null;
    }

    private static async ValueTask<object?> LimitAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var body = context.Arguments.FirstOrDefault(a =>
            a is LoginRequest or RegisterRequest or InfoRequest or TwoFactorRequest or RefreshRequest
        );
        if (Wrong(body) is { } wrong)
        {
            return ApiProblems.Invalid(new Dictionary<string, string[]> { [wrong.Field] = [wrong.Message] });
        }

        var http = context.HttpContext;
        var limiter = http.RequestServices.GetRequiredService<AuthLimiter>();
        var wait = body switch
        {
            LoginRequest login => await limiter.RefuseAsync(http, "signin", login.Email),
            RegisterRequest register => await limiter.RefuseAsync(http, "register", register.Email),
            RefreshRequest => await limiter.RefuseAsync(http, "refresh", null),
            InfoRequest or TwoFactorRequest => await limiter.RefuseAsync(http, "prove", http.User.UserId().ToString()),
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

        return body is TwoFactorRequest && await ProveAsync(http) is { } unproven ? unproven : await next(context);
    }

    private static (string Field, string Message)? Wrong(object? body) =>
        body switch
        {
            LoginRequest { Email: null } or RegisterRequest { Email: null } => ("email", "Enter your e-mail address."),
            LoginRequest { Password: null } or RegisterRequest { Password: null } => ("password", "Enter your password."),
            InfoRequest { NewEmail.Length: > 0 } => (
                "newEmail",
                "The address cannot be changed: this server sends no e-mail to confirm the new one."
            ),
            _ => null,
        };

    private sealed record PasswordAgain(string? Password);
}
