using Microsoft.AspNetCore.Authentication.BearerToken;

namespace ExEngine.Web.Users;

/// <summary>A bearer token dies with the security stamp it was made under, not only with its hour.</summary>
public sealed class RevocableBearerEvents(SecurityStamps stamps) : BearerTokenEvents
{
    public override async Task MessageReceivedAsync(MessageReceivedContext context)
    {
        if (!AuthSchemes.IsBearer(context.Request))
        {
            return;
        }

        // A token that does not open is left to the handler, which refuses it.
        var token = context.Request.Headers.Authorization.ToString()["Bearer ".Length..];
        var ticket = context.Options.BearerTokenProtector.Unprotect(token);
        if (ticket is not null && !await stamps.IsCurrentAsync(ticket.Principal, context.HttpContext.RequestAborted))
        {
            context.Fail("The token was revoked. Sign in again.");
        }
    }
}
