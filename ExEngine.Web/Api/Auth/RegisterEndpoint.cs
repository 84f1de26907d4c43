using ExEngine.Core.Data;
using ExEngine.Web.Users;
using ExEngine.Web.Users.Invitations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace ExEngine.Web.Api.Auth;

/// <summary><c>POST /api/auth/register</c>, in Identity's place, which knows no invitations.</summary>
public static class RegisterEndpoint
{
    public static void MapRegister(this IEndpointRouteBuilder auth) =>
        auth.MapPost("register", RegisterAsync)
            .WithSummary("Makes an account: the first one is the operator's, others need an invitation unless registration is open")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesValidationProblem();

    /// <summary>Identity's route is never reached.</summary>
    public static void Hide(EndpointBuilder endpoint)
    {
        if (((RouteEndpointBuilder)endpoint).RoutePattern.RawText?.EndsWith("/register", StringComparison.Ordinal) == true)
        {
            ((RouteEndpointBuilder)endpoint).Order = 1;
            endpoint.Metadata.Add(new ExcludeFromDescriptionAttribute());
            endpoint.RequestDelegate = context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            };
        }
    }

    private static async Task<Results<Ok, ProblemHttpResult, ValidationProblem>> RegisterAsync(
        RegistrationRequest request,
        HttpContext context,
        RegistrationGate gate,
        UserManager<AppUser> users,
        SecurityLog log,
        CancellationToken cancellationToken
    )
    {
        var email = request.Email!.Trim();
        if (await gate.RefuseAsync(email, request.Invitation, cancellationToken) is { } early)
        {
            return Refused(early, context, log);
        }

        ((AppUserManager)users).Invitation = request.Invitation;
        var result = await users.CreateAsync(new AppUser { UserName = email, Email = email }, request.Password!);
        return result.Succeeded ? TypedResults.Ok()
            : RegistrationRefusal.Of(result) is { } refusal ? Refused(refusal, context, log)
            : Invalid(result);
    }

    // By Identity's codes, as its own routes answer: what answers for all of them names the fields.
    private static ValidationProblem Invalid(IdentityResult result) =>
        TypedResults.ValidationProblem(
            result.Errors.GroupBy(e => e.Code).ToDictionary(g => g.Key, g => g.Select(e => e.Description).ToArray())
        );

    private static ProblemHttpResult Refused(RegistrationRefusal refusal, HttpContext context, SecurityLog log)
    {
        log.Note(context, "Registration refused");
        return ApiProblems.Problem(StatusCodes.Status403Forbidden, refusal.Code, refusal.Words);
    }
}

/// <param name="Invitation">The token of an invitation's link, what follows <c>invitation=</c> there; not needed by the first user.</param>
public sealed record RegistrationRequest(string? Email, string? Password, string? Invitation)
{
    // A record prints its properties; these would end up in a log.
    public override string ToString() => nameof(RegistrationRequest);
}
