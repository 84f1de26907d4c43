using ExEngine.Core.Data;
using ExEngine.Core.Hosting;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Filters;
using Serilog.Formatting.Json;

namespace ExEngine.Web.Logs;

public static class LogServices
{
    /// <summary>
    /// The category whose events also go to the security log: failed sign-ins and refused webhook requests, with their address.
    /// </summary>
    public const string Security = "Security";

    private const string Line = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    // What the framework says at Information is about itself. Data Protection warns of a key ring that is not sealed;
    // /health/ready says so instead.
    private static readonly Dictionary<string, LogEventLevel> Quieter = new()
    {
        ["Microsoft"] = LogEventLevel.Warning,
        ["System"] = LogEventLevel.Warning,
        ["Microsoft.AspNetCore.DataProtection"] = LogEventLevel.Error,
        // Whoever sent a command that failed is told by an exception; some failures, such as a duplicate, are an answer.
        ["Microsoft.EntityFrameworkCore.Database.Command"] = LogEventLevel.Fatal,
        ["Microsoft.EntityFrameworkCore.Update"] = LogEventLevel.Fatal,
    };

    public static void AddLogs(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<LogOptions>("Logs");
        builder.Logging.ClearProviders();
        builder.Logging.Services.AddSingleton<ILoggerProvider>(sp => new Serilog.Extensions.Logging.SerilogLoggerProvider(
            Outer(builder.Configuration, sp.GetRequiredService<TimeProvider>()),
            dispose: true
        ));
        builder.Services.AddHostedService<StartLine>();
    }

    private static Logger Outer(IConfiguration configuration, TimeProvider time)
    {
        var options = Options(configuration);
        var outer = new LoggerConfiguration().MinimumLevel.Is(options.Level).Enrich.FromLogContext();
        foreach (var (category, level) in Quieter)
        {
            outer.MinimumLevel.Override(category, level);
        }

        var background = new BackgroundSink(Inner(configuration, options));
        var lines = new AnonymousLines(options.AnonymousLinesPerMinute, time);
        return outer.WriteTo.Sink(new AnonymousLineSink(background, lines, time)).CreateLogger();
    }

    private static Logger Inner(IConfiguration configuration, LogOptions options)
    {
        var inner = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .WriteTo.Console(outputTemplate: Line, formatProvider: System.Globalization.CultureInfo.InvariantCulture);
        var folder = Path.Combine(configuration["Data:Directory"] ?? new DataOptions().Directory, "logs");
        if (options.Files && CanWrite(folder))
        {
            inner.WriteTo.File(
                new JsonFormatter(renderMessage: true),
                Path.Combine(folder, "exengine-.jsonl"),
                rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true,
                fileSizeLimitBytes: options.FileMegabytes * 1024L * 1024L,
                retainedFileCountLimit: options.KeptFiles,
                hooks: new OwnerOnlyLogs()
            );
            inner.WriteTo.Logger(security =>
                security
                    .Filter.ByIncludingOnly(Matching.FromSource(Security))
                    .WriteTo.File(
                        new JsonFormatter(renderMessage: true),
                        Path.Combine(folder, "security-.jsonl"),
                        rollingInterval: RollingInterval.Day,
                        rollOnFileSizeLimit: true,
                        fileSizeLimitBytes: options.FileMegabytes * 1024L * 1024L,
                        retainedFileCountLimit: options.KeptSecurityFiles,
                        hooks: new OwnerOnlyLogs()
                    )
            );
        }

        return inner.CreateLogger();
    }

    // Wrong values are told with all the others when the application starts; until then the defaults serve.
    private static LogOptions Options(IConfiguration configuration)
    {
        try
        {
            return configuration.GetSection("Logs").Get<LogOptions>() ?? new LogOptions();
        }
        catch (InvalidOperationException)
        {
            return new LogOptions();
        }
    }

    private static bool CanWrite(string folder)
    {
        try
        {
            DataDirectory.Create(Path.GetDirectoryName(folder)!);
            DataDirectory.Create(folder);
            return true;
        }
        catch (StartRefusedException e)
        {
            Console.Error.WriteLine($"No log files are written. {e.Message}");
            return false;
        }
    }
}
