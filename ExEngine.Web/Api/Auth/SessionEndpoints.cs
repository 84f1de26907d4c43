using ExEngine.Core.Data;
using ExEngine.Web.Users;
using ExEngine.Web.Users.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api.Auth;

/// <summary>
/// <c>/api/auth/sessions</c>: where the user is signed in. Ending them needs no confirmation: it is what helps against a thief.
/// </summary>
public static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder auth)
    {
        var sessions = auth.MapGroup("/sessions").RequireAuthorization();
        sessions.MapGet("", ListAsync).WithSummary("The browsers and scripts that are signed in as you");
        sessions.MapDelete("", EndOthersAsync).WithSummary("Ends every session but the one that asks");
        sessions
            .MapDelete("{id:guid}", EndAsync)
            .WithSummary("Ends one session at once, its refresh tokens too; your own is how to sign out");
    }

    private static async Task<Ok<ApiList<SessionView>>> ListAsync(
        CurrentUser user,
        HttpContext context,
        [AsParameters] ApiPage page,
        SessionStore sessions,
        CancellationToken cancellationToken
    )
    {
        var rows = await sessions.ListAsync(user.Id, page.Before, page.TakeAndOne, cancellationToken);
        var current = context.User.SessionIdOrNull();
        return TypedResults.Ok(
            ApiList.Of(rows, page, s => s.Id.ToString(), s => SessionView.Of(s, s.Id == current, sessions.ExpiresAt(s)))
        );
    }

    private static async Task<NoContent> EndOthersAsync(
        CurrentUser user,
        HttpContext context,
        SessionStore sessions,
        CancellationToken cancellationToken
    )
    {
        await sessions.EndOthersAsync(user.Id, context.User.SessionIdOrNull(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, NotFound>> EndAsync(
        CurrentUser user,
        Guid id,
        SessionStore sessions,
        CancellationToken cancellationToken
    ) => await sessions.EndAsync(user.Id, id, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();
}

/// <param name="Device">What it came with, as it says itself.</param>
/// <param name="Ip">Where it was last seen.</param>
/// <param name="LastSeenAt">To the minute.</param>
/// <param name="ConfirmedAt">When its owner last proved to be there.</param>
/// <param name="ExpiresAt">When it ends at the latest.</param>
/// <param name="Current">It is the one that asks.</param>
public sealed record SessionView(
    Guid Id,
    SessionKind Kind,
    string Device,
    string Ip,
    DateTime CreatedAt,
    DateTime LastSeenAt,
    DateTime ConfirmedAt,
    DateTime ExpiresAt,
    bool Current
)
{
    public static SessionView Of(UserSession s, bool current, DateTime expiresAt) =>
        new(s.Id, s.Kind, s.Device, s.Ip, s.CreatedAt, s.SeenAt, s.ConfirmedAt, expiresAt, current);
}
