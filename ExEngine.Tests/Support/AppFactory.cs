using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ExEngine.Tests.Support;

/// <summary>
/// The real application in this process, on a real Kestrel socket and its own data directory:
/// <code>await using var app = new AppFactory { ["RateLimits:Webhook:Permits"] = "100" };</code>
/// Settings are those of the product; set them before the first use.
/// </summary>
public class AppFactory : WebApplicationFactory<Program>
{
    private readonly TempDirectory _directory = new();
    private readonly Lock _starting = new();
    private readonly Dictionary<string, string?> _settings = [];
    private readonly List<Action<IServiceCollection>> _replacements = [];

    public AppFactory()
    {
        UseKestrel(0);
        this["Data:Directory"] = _directory["data"];

        // Most tests look at alerts, pages or rows that no engine may move meanwhile; those of execution say true.
        this["Execution:Enabled"] = "false";

        // Nobody asks an exchange by the clock while a test counts what it is asked.
        this["Equity:Enabled"] = "false";

        // Most tests need users and are not about who may become one.
        this["Users:Registration"] = "Open";

        // A browser that complains says then what the server had to say.
        this["DetailedErrors"] = "true";
    }

    /// <summary>The address it listens on; starts the application.</summary>
    public Uri Address
    {
        get
        {
            StartOnce();
            return ClientOptions.BaseAddress;
        }
    }

    /// <summary>A setting in its configuration form, such as <c>ConnectionStrings:Postgres</c>.</summary>
    public string? this[string setting]
    {
        get => _settings.GetValueOrDefault(setting);
        set => _settings[setting] = value;
    }

    public T Get<T>()
        where T : notnull
    {
        StartOnce();
        return Services.GetRequiredService<T>();
    }

    // Classes that share an application run side by side, and the factory itself would start it twice.
    private void StartOnce()
    {
        lock (_starting)
        {
            StartServer();
        }
    }

    /// <summary>Registers over the application's own, such as a fake <see cref="TimeProvider"/>.</summary>
    public AppFactory With(Action<IServiceCollection> replace)
    {
        _replacements.Add(replace);
        return this;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }

        foreach (var replace in _replacements)
        {
            builder.ConfigureServices(replace);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }
}
