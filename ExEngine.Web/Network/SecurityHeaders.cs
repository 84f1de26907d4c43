namespace ExEngine.Web.Network;

/// <summary>What browsers are told about every answer.</summary>
public static class SecurityHeaders
{
    // MudBlazor positions popups and writes its measures with style attributes; scripts come from files of this site alone.
    private const string Pages =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";

    public static void UseSecurityHeaders(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                // On starting, because error handling clears what was set before.
                context.Response.OnStarting(() =>
                {
                    Write(context);
                    return Task.CompletedTask;
                });
                return next(context);
            }
        );

    private static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Pages;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // Not no-referrer: with it browsers send "Origin: null" with forms, and the origin is what passkeys are checked against.
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] =
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (context.Request.Path.StartsWithSegments("/api") && headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }
    }
}
