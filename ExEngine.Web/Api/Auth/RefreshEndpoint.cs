using System.Security.Claims;
using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Web.Api.Problems;
using ExEngine.Web.Users;
using ExEngine.Web.Users.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.Data;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Api.Auth;

/// <summary>
/// <c>POST /api/auth/refresh</c>, in Identity's place, whose refresh tokens work as often as one likes. Here each works once, and one that
/// comes again ends its session.
/// </summary>
internal static class RefreshEndpoint
{
    /// <summary>Identity's route keeps its description and changes its answer.</summary>
    public static void Replace(EndpointBuilder endpoint)
    {
        if (((RouteEndpointBuilder)endpoint).RoutePattern.RawText?.EndsWith("/refresh", StringComparison.Ordinal) == true)
        {
            endpoint.RequestDelegate = AnswerAsync;
        }
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var request = context.Request.HasJsonContentType()
            ? await SentBody.ReadAsync<RefreshRequest>(context, JsonSerializerOptions.Web)
            : null;
        if (await services.GetRequiredService<AuthLimiter>().RefuseAsync(context, "refresh", null) is { } wait)
        {
            await TooMany(wait).ExecuteAsync(context);
            return;
        }

        if (await PrincipalAsync(context, request?.RefreshToken) is { } principal)
        {
            await context.SignInAsync(IdentityConstants.BearerScheme, principal);
            return;
        }

        await context.ChallengeAsync(IdentityConstants.BearerScheme);
    }

    private static async Task<ClaimsPrincipal?> PrincipalAsync(HttpContext context, string? token)
    {
        var services = context.RequestServices;
        var options = services.GetRequiredService<IOptionsMonitor<BearerTokenOptions>>().Get(IdentityConstants.BearerScheme);
        var ticket = string.IsNullOrEmpty(token) ? null : options.RefreshTokenProtector.Unprotect(token);
        var signIns = services.GetRequiredService<SignInManager<AppUser>>();
        if (
            ticket is not { Principal: { } held, Properties.ExpiresUtc: { } expires }
            || expires <= services.GetRequiredService<TimeProvider>().GetUtcNow()
            || held.SessionIdOrNull() is not { } id
            || await signIns.ValidateSecurityStampAsync(held) is not { DisabledAt: null } user
        )
        {
            return null;
        }

        var sessions = services.GetRequiredService<SessionStore>();
        var next = await sessions.RotateAsync(user.Id, id, held.SessionGeneration(), context.RequestAborted);
        if (next is null)
        {
            services.GetRequiredService<SecurityLog>().Note(context, "Refresh token used twice or after its session");
            return null;
        }

        var principal = await signIns.CreateUserPrincipalAsync(user);
        principal.Identities.First().AddClaims(SessionClaims.Of(next));
        return principal;
    }

    private static ProblemHttpResult TooMany(TimeSpan wait) =>
        ApiProblems.Problem(
            StatusCodes.Status429TooManyRequests,
            ProblemCodes.RateLimited,
            $"Too many attempts. Try again in {wait.TotalSeconds:0} seconds."
        );
}
