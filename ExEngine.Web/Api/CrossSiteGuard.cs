using ExEngine.Core.Markets;
using ExEngine.Web.Users;

namespace ExEngine.Web.Api;

/// <summary>
/// Refuses what another site's page could make a signed-in browser send. The session cookie is SameSite=Lax already; this also
/// covers sibling subdomains and other ports, by what every current browser states about a request's origin. Requests with a
/// bearer token need no guard, since no page can make a browser attach one; nor do programs that state no origin.
/// </summary>
public static class CrossSiteGuard
{
    public static void UseCrossSiteGuard(this WebApplication app) =>
        app.Use(
            (context, next) =>
                IsForged(context.Request)
                    ? ApiProblems
                        .Problem(
                            StatusCodes.Status403Forbidden,
                            ProblemCodes.CrossSite,
                            "A page of another site sent this with your session. Call from this site, or with a bearer token."
                        )
                        .ExecuteAsync(context)
                    : next(context)
        );

    private static bool IsForged(HttpRequest request) =>
        request.Path.StartsWithSegments("/api") && Changes(request.Method) && UsesCookie(request) && !IsSameOrigin(request);

    private static bool Changes(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method) && !HttpMethods.IsTrace(method);

    private static bool UsesCookie(HttpRequest request) =>
        !AuthSchemes.IsBearer(request)
        && (
            request.Cookies.ContainsKey(CookieNames.Of(request, AuthSchemes.SessionCookie))
            || request.Query.ContainsKey("useCookies")
            || request.Query.ContainsKey("useSessionCookies")
        );

    private static bool IsSameOrigin(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
        {
            return site is "same-origin" or "none";
        }

        return request.Headers.Origin.ToString() is not { Length: > 0 } origin
            || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
