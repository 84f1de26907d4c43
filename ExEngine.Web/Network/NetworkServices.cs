using ExEngine.Core.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Network;

/// <summary>Where the network ends and the product begins: proxies, HTTPS, headers, other origins, sizes.</summary>
public static class NetworkServices
{
    /// <summary>Bytes of body that any route takes; webhooks take less.</summary>
    public const long BodyLimit = 1024 * 1024;

    public static void AddNetwork(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<CorsOptions>("Cors");
        services.AddSettings<ProxyOptions>("ForwardedHeaders");
        services.AddSettings<HttpsOptions>("Https");
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = BodyLimit;
        });
        services.AddHsts(o => o.MaxAge = TimeSpan.FromDays(365));
        services.AddCors();
        // Files only: they hold no secret, so that their compressed size tells none.
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes = ["text/css", "text/javascript", "application/javascript", "image/svg+xml"];
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
        });
    }

    /// <summary>First of all: who asks, and over what.</summary>
    public static void UseNetwork(this WebApplication app)
    {
        if (Get<ProxyOptions>(app).List().ToList() is { Count: > 0 } proxies)
        {
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All & ~ForwardedHeaders.XForwardedPrefix };
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            proxies.ForEach(forwarded.KnownIPNetworks.Add);
            app.UseForwardedHeaders(forwarded);
        }

        app.UseSecurityHeaders();
        if (Get<HttpsOptions>(app).Required)
        {
            app.UseHsts();
            app.UseHttpsRedirection();
        }

        app.UseCircuitOrigin();
        app.UseResponseCompression();
    }

    /// <summary>After routing and before authentication, for <c>/api</c> alone; without credentials, so a bearer token is needed.</summary>
    public static void UseOtherOrigins(this WebApplication app)
    {
        if (Get<CorsOptions>(app).List() is { Length: > 0 } origins)
        {
            app.UseWhen(
                c => c.Request.Path.StartsWithSegments("/api"),
                api =>
                    api.UseCors(policy =>
                        policy.WithOrigins(origins).AllowAnyHeader().AllowAnyMethod().WithExposedHeaders("Retry-After", "X-Request-Id")
                    )
            );
        }
    }

    private static T Get<T>(WebApplication app)
        where T : class => app.Services.GetRequiredService<IOptions<T>>().Value;
}
