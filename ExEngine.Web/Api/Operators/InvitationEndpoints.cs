using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Web.Api.Auth;
using ExEngine.Web.Mail;
using ExEngine.Web.Users.Invitations;
using ExEngine.Web.Users.Operators;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api.Operators;

/// <summary><c>/api/operator/invitations</c>: who may make an account.</summary>
public static class InvitationEndpoints
{
    public static void MapInvitations(this IEndpointRouteBuilder api)
    {
        var invitations = api.MapGroup("/invitations");
        invitations.MapGet("", ListAsync).WithSummary("Invitations that can be used, newest first; their links cannot be read again");
        invitations
            .MapPost("", InviteAsync)
            .NeedsConfirmation()
            .WithSummary("Makes an invitation that works once; it is mailed when it has an address and a mail server is set up")
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesValidationProblem();
        invitations.MapDelete("{id:guid}", WithdrawAsync).NeedsConfirmation().WithSummary("Its link is worth nothing from then on");
    }

    private static async Task<Ok<ApiList<InvitationView>>> ListAsync(
        [AsParameters] ApiPage page,
        InvitationStore store,
        CancellationToken cancellationToken
    )
    {
        var rows = await store.ListAsync(page.Before, page.TakeAndOne, cancellationToken);
        return TypedResults.Ok(ApiList.Of(rows, page, i => i.Id.ToString(), i => InvitationView.Of(i)));
    }

    private static async Task<Results<Created<InvitationView>, ProblemHttpResult, ValidationProblem>> InviteAsync(
        InvitationInput input,
        HttpContext context,
        OperatorActs acts,
        Outbox mail,
        CancellationToken cancellationToken
    )
    {
        var result = await acts.InviteAsync(context.Actor(), input.Email, cancellationToken);
        if (result.Letter is { } letter)
        {
            mail.Post(letter);
        }

        return result.Refusal switch
        {
            InviteRefusal.Closed => ApiProblems.Problem(
                StatusCodes.Status409Conflict,
                ProblemCodes.RegistrationClosed,
                InviteWords.Of(InviteRefusal.Closed)
            ),
            { } wrong => ApiProblems.Invalid(new Dictionary<string, string[]> { ["email"] = [InviteWords.Of(wrong)] }),
            null => TypedResults.Created(
                $"/api/operator/invitations/{result.Invitation!.Id}",
                InvitationView.Of(result.Invitation, result.Link, result.Letter is not null)
            ),
        };
    }

    private static async Task<Results<NoContent, NotFound>> WithdrawAsync(
        Guid id,
        HttpContext context,
        OperatorActs acts,
        CancellationToken cancellationToken
    ) => await acts.WithdrawAsync(context.Actor(), id, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();
}

/// <param name="Email">The only address that may use it; left out for any.</param>
public sealed record InvitationInput(string? Email);

/// <param name="Email">The only address that may use it.</param>
/// <param name="Url">The link, answered once: whoever opens it may make an account.</param>
/// <param name="Mailed">Whether it is on its way by mail.</param>
public sealed record InvitationView(Guid Id, string? Email, DateTime CreatedAt, DateTime ExpiresAt, string? Url, bool? Mailed)
{
    public override string ToString() => nameof(InvitationView);

    public static InvitationView Of(Invitation i, string? url = null, bool? mailed = null) =>
        new(i.Id, i.Email, i.CreatedAt, i.ExpiresAt, url, mailed);
}
