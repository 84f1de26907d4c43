using System.Net;
using ExEngine.Core.Hosting;
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
        services.AddSettings<CircuitCapOptions>("Circuits");
        services
            .AddOptions<PublicUrlOptions>()
            .Configure<IConfiguration>((o, c) => o.PublicUrl = c[nameof(PublicUrlOptions.PublicUrl)] ?? "")
            .Validate(o => o.IsValid, PublicUrlOptions.Rule)
            .ValidateOnStart();
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<HostLookup>(Dns.GetHostAddressesAsync);
        services.AddSingleton<KnownProxies>().AddHostedService(sp => sp.GetRequiredService<KnownProxies>());
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
        if (Get<ProxyOptions>(app).AreNamed)
        {
            app.UseMiddleware<ForwardedRequests>();

            // AllowedHosts was asked about the host that the proxy called; this is the one that the client did.
            app.UseHostFiltering();
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
