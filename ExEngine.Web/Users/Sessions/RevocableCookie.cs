using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace ExEngine.Web.Users.Sessions;

/// <summary>A cookie ends with its session, not only with its date.</summary>
public static class RevocableCookie
{
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if (http.Request.Path.StartsWithSegments("/hooks"))
        {
            context.RejectPrincipal();
            return;
        }

        var live = http.RequestServices.GetRequiredService<LiveSessions>();
        if (!await live.IsCurrentAsync(context.Principal!, http.Place(), http.RequestAborted))
        {
            context.RejectPrincipal();
            await http.SignOutAsync(context.Scheme.Name);
        }
    }
}
