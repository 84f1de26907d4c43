using ExEngine.Core.Markets;
using ExEngine.Web.Users.Guessing;
using ExEngine.Web.Users.Proofs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api.Auth;

/// <summary>Routes that give lasting access: see <see cref="Confirmations"/>.</summary>
internal static class ConfirmationFilter
{
    /// <summary>Answers 403 <c>confirmation_required</c> unless the session's owner has just proved to be there.</summary>
    /// <param name="when">Which requests need it, by their arguments; null for every one.</param>
    public static RouteHandlerBuilder NeedsConfirmation(
        this RouteHandlerBuilder route,
        Func<EndpointFilterInvocationContext, ValueTask<bool>>? when = null
    ) =>
        route
            .AddEndpointFilter(
                async (context, next) =>
                    (when is null || await when(context)) && await RefuseAsync(context.HttpContext) is { } refusal
                        ? refusal
                        : await next(context)
            )
            .ProducesProblem(StatusCodes.Status403Forbidden);

    public static async Task<ProblemHttpResult?> RefuseAsync(HttpContext context)
    {
        var confirmations = context.RequestServices.GetRequiredService<Confirmations>();
        return await confirmations.IsFreshAsync(context.User, context.RequestAborted)
            ? null
            : ApiProblems.Problem(
                StatusCodes.Status403Forbidden,
                ProblemCodes.ConfirmationRequired,
                "This gives or takes lasting access, so it needs a proof of the last five minutes that it is you: "
                    + "POST /api/auth/confirm with password or twoFactorCode, or sign in anew; then send this again.",
                ("confirm", "/api/auth/confirm")
            );
    }

    /// <summary>What is answered to a proof that did not hold.</summary>
    public static IResult Refused(HttpContext context, string field, ProofResult proof)
    {
        if (proof.Wait is not { } wait)
        {
            return ApiProblems.Invalid(new Dictionary<string, string[]> { [field] = [proof.Refusal!] });
        }

        context.Response.Headers.RetryAfter = RetryAfter.Seconds(wait);
        return ApiProblems.Problem(StatusCodes.Status429TooManyRequests, ProblemCodes.RateLimited, proof.Refusal!);
    }
}
