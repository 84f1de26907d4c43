using System.Net;
using System.Text.RegularExpressions;

namespace ExEngine.Tests.Support;

/// <summary>
/// The real application as an operating system process of its own, from the built assembly, which a test may end
/// orderly (<c>TERM</c>) or at once (<c>KILL</c>) and start again on the same data.
/// </summary>
public sealed partial class AppProcess : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Dictionary<string, string?> _settings = new() { ["ASPNETCORE_ENVIRONMENT"] = "Production" };
    private ChildProcess? _process;

    public AppProcess()
    {
        this["Data:Directory"] = _directory["data"];
        this["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        this["Users:Registration"] = "Open";
    }

    public string DataDirectory => _settings["Data__Directory"]!;

    /// <summary>Where it listens, once started; kept over a restart.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Everything that the current process wrote to the console.</summary>
    public string Log => _process?.Log ?? "";

    /// <summary>A setting in its configuration form, such as <c>ConnectionStrings:Postgres</c>; set before a start.</summary>
    public string? this[string setting]
    {
        set => _settings[setting.Replace(":", "__", StringComparison.Ordinal)] = value;
    }

    public int Id => _process!.Id;

    public bool HasExited => _process!.HasExited;

    /// <summary>Starts and waits until <c>/health/ready</c> answers 200.</summary>
    public async Task StartAsync()
    {
        if (!await TryStartAsync())
        {
            throw new InvalidOperationException($"The application ended with {await WaitForExitAsync()}:\n{Log}");
        }
    }

    /// <summary>The same.</summary>
    /// <returns>False when it ended before it was ready.</returns>
    public async Task<bool> TryStartAsync()
    {
        Launch();
        await Until.True(() => HasExited || ListensOn().IsMatch(Log), TimeSpan.FromSeconds(60), () => Log);
        if (HasExited)
        {
            return false;
        }

        Address = new Uri(ListensOn().Match(Log).Groups[1].Value);
        this["ASPNETCORE_URLS"] = Address.ToString();
        using var client = new HttpClient { BaseAddress = Address };
        await Until.True(async () => HasExited || await IsReadyAsync(client), TimeSpan.FromSeconds(30), () => Log);
        return !HasExited;
    }

    /// <summary>Starts without waiting; for starts that must be refused.</summary>
    public void Launch() =>
        _process = ChildProcess.Start("dotnet", [WebAssembly, "--contentRoot", Source.Path("ExEngine.Web")], _settings, _directory.Path);

    /// <summary>One of the program's commands on the same data, beside the running program or without it.</summary>
    /// <returns>Its exit code, and what it wrote.</returns>
    public async Task<(int Code, string Said)> CommandAsync(params string[] arguments)
    {
        await using var command = ChildProcess.Start(
            "dotnet",
            [WebAssembly, .. arguments, "--contentRoot", Source.Path("ExEngine.Web")],
            _settings,
            _directory.Path
        );
        var code = await command.WaitForExitAsync(TimeSpan.FromSeconds(60));
        return (code, command.Log);
    }

    public async Task StopAsync()
    {
        _process!.Signal("TERM");
        await WaitForExitAsync();
    }

    public async Task KillAsync()
    {
        _process!.Signal("KILL");
        await WaitForExitAsync();
    }

    public void Signal(string signal) => _process!.Signal(signal);

    public Task<int> WaitForExitAsync() => _process!.WaitForExitAsync(TimeSpan.FromSeconds(45));

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _directory.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string WebAssembly =>
        AppContext.BaseDirectory.Replace("ExEngine.Tests", "ExEngine.Web", StringComparison.Ordinal) + "ExEngine.Web.dll";

    [GeneratedRegex(@"(http://127\.0\.0\.1:\d+)")]
    private static partial Regex ListensOn();
}
