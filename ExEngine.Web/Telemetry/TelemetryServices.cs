using ExEngine.Core.Redis;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Instrumentation.StackExchangeRedis;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ExEngine.Web.Telemetry;

public static class TelemetryServices
{
    /// <summary>OpenTelemetry's own name for where traces and metrics are sent.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Traces and metrics over OTLP, when <see cref="Endpoint"/> names a collector. Without one nothing is registered: no request is
    /// measured and the start takes no longer.
    /// </summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[Endpoint] is not { Length: > 0 })
        {
            return;
        }

        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(r =>
                r.AddService("execution-engine", serviceVersion: typeof(TelemetryServices).Assembly.GetName().Version?.ToString(3))
            )
            .WithTracing(Trace)
            .WithMetrics(m =>
                m.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation().AddNpgsqlInstrumentation()
            )
            .UseOtlpExporter();
    }

    private static void Trace(TracerProviderBuilder traces) =>
        traces
            .AddAspNetCoreInstrumentation()
            .AddHttpClientInstrumentation()
            .AddNpgsql()
            .AddRedisInstrumentation()
            .ConfigureRedisInstrumentation(WatchRedis)
            // Before the exporter, which is added last.
            .AddProcessor(new SpanGuard());

    private static void WatchRedis(IServiceProvider services, StackExchangeRedisInstrumentation instrumentation)
    {
        var redis = services.GetRequiredService<RedisLink>();
        if (redis.IsConfigured)
        {
            _ = redis.WhenMadeAsync(connection => instrumentation.AddConnection(connection));
        }
    }
}
