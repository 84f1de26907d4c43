using ExEngine.Web.Network;
using ExEngine.Web.Users.Sessions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Users;

/// <summary>Browsers carry a cookie, scripts a bearer token; the header decides, on every path.</summary>
public static class AuthSchemes
{
    public const string CookieOrBearer = "CookieOrBearer";
    public const string SessionCookie = "exengine.session";

    public static void AddAuthSchemes(this IServiceCollection services)
    {
        var authentication = services
            .AddAuthentication(CookieOrBearer)
            .AddPolicyScheme(CookieOrBearer, null, o => o.ForwardDefaultSelector = SchemeOf)
            .AddBearerToken(IdentityConstants.BearerScheme, o => o.EventsType = typeof(RevocableBearerEvents));
        authentication.AddIdentityCookies();
        services.AddScoped<RevocableBearerEvents>();
        services
            .AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<IOptions<UserOptions>>((o, users) => Configure(o, users.Value));
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, o => Harden(o, "exengine.two-factor"));
        services.AddAntiforgery();
        services
            .AddOptions<AntiforgeryOptions>()
            .Configure<IOptions<HttpsOptions>>(
                (o, https) =>
                {
                    // Its name cannot follow the request.
                    o.Cookie.Name = CookieNames.Of(https.Value.Required, "exengine.antiforgery");
                    o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                    o.Cookie.Path = "/";
                }
            );
    }

    public static bool IsBearer(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    private static string SchemeOf(HttpContext context) =>
        IsBearer(context.Request) ? IdentityConstants.BearerScheme : IdentityConstants.ApplicationScheme;

    private static void Configure(CookieAuthenticationOptions options, UserOptions users)
    {
        Harden(options, SessionCookie);
        // The session's row says when it ends; the cookie only must not end before.
        options.ExpireTimeSpan = TimeSpan.FromDays(users.SessionLifetimeDays);
        options.SlidingExpiration = false;
        options.LoginPath = "/account/sign-in";
        options.AccessDeniedPath = "/not-found";
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnValidatePrincipal = RevocableCookie.ValidateAsync;
        options.Events.OnRedirectToLogin = c => Answer(c, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = c => Answer(c, StatusCodes.Status403Forbidden);

        // The page says where to go on; the handler would put what the address holds into a header as it is.
        options.Events.OnRedirectToReturnUrl = _ => Task.CompletedTask;
    }

    private static void Harden(CookieAuthenticationOptions options, string name)
    {
        options.Cookie.Name = name;
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.CookieManager = new CookieNames();
    }

    // A script has no use for a sign-in page.
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (!context.Request.Path.StartsWithSegments("/api"))
        {
            context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        }

        context.Response.StatusCode = status;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }
}
