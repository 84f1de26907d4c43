using Microsoft.AspNetCore.Authentication.BearerToken;

namespace ExEngine.Web.Users.Sessions;

/// <summary>A bearer token ends with its session, not only with its hour.</summary>
public sealed class RevocableBearerEvents(LiveSessions sessions) : BearerTokenEvents
{
    public override async Task MessageReceivedAsync(MessageReceivedContext context)
    {
        // Alerts are known by their webhook: whatever else they carry is not looked at.
        if (context.Request.Path.StartsWithSegments("/hooks"))
        {
            context.NoResult();
            return;
        }

        if (!AuthSchemes.IsBearer(context.Request))
        {
            return;
        }

        // A token that does not open is left to the handler, which refuses it.
        var token = context.Request.Headers.Authorization.ToString()["Bearer ".Length..];
        var ticket = context.Options.BearerTokenProtector.Unprotect(token);
        var http = context.HttpContext;
        if (ticket is not null && !await sessions.IsCurrentAsync(ticket.Principal, http.Place(), http.RequestAborted))
        {
            context.Fail("The token was revoked. Sign in again.");
        }
    }
}
