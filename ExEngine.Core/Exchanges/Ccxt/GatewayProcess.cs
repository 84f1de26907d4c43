using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>One run of the Node process. It holds the process's standard input, whose end ends the process too.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    // Nothing else of our environment reaches exchange code: it holds connection strings and secrets.
    private static readonly string[] Inherited =
    [
        "PATH",
        "HOME",
        "LANG",
        "TZ",
        "TMPDIR",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "NODE_EXTRA_CA_CERTS",
    ];
    private static readonly TimeSpan ShutdownGrace = TimeSpan.FromSeconds(3);

    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string _lastError = "";

    private GatewayProcess(Process process, TimeProvider time, ILogger logger) => (_process, _time, _logger) = (process, time, logger);

    public int Id => _process.Id;

    /// <summary>Ends when the process ended.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <param name="socketPath">The process makes its folder, which only its account may enter, and takes it away at its end.</param>
    public static GatewayProcess Start(GatewayPlace place, GatewayCage cage, string socketPath, TimeProvider time, ILogger logger)
    {
        if (Directory.Exists(Path.GetDirectoryName(socketPath)))
        {
            // Of a run that was killed.
            File.Delete(socketPath);
        }

        string[] command = [.. cage.Before, place.Node, .. cage.Flags, "server.mjs"];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = place.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var name in Inherited)
        {
            start.Environment[name] = Environment.GetEnvironmentVariable(name);
        }

        start.Environment["GATEWAY_SOCKET"] = socketPath;
        start.Environment["GATEWAY_CHILD"] = "1";
        // Node 20 says at every start that its permission model is new.
        start.Environment["NODE_NO_WARNINGS"] = "1";
        var run = new GatewayProcess(new Process { StartInfo = start }, time, logger);
        run._process.OutputDataReceived += (_, line) => run.Heard(line.Data);
        run._process.ErrorDataReceived += (_, line) => run.Complained(line.Data);
        run._process.Start();
        run._process.BeginOutputReadLine();
        run._process.BeginErrorReadLine();
        run.Ended = run._process.WaitForExitAsync();
        return run;
    }

    /// <returns>False when it ended, or did not listen in time.</returns>
    public async Task<bool> ListensAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.WhenAny(_ready.Task, Ended).WaitAsync(patience, _time, cancellationToken) == _ready.Task;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>One sentence on how it ended.</summary>
    public string ExitSummary() =>
        (_process.HasExited ? $"The gateway ended with {_process.ExitCode}" : "The gateway did not answer")
        + (_lastError.Length > 0 ? $": {_lastError}" : "")
        + ".";

    /// <summary>Never throws: a process that cannot be killed must not end the application.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e)
        {
            // It has ended by itself, or one of its children may not be killed.
            _logger.LogDebug("The gateway was not killed: {Reason}", e.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await Ended.WaitAsync(ShutdownGrace, _time);
        }
        catch (Exception)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void Heard(string? line)
    {
        if (line?.StartsWith("{\"ready\"", StringComparison.Ordinal) == true)
        {
            _ready.TrySetResult();
        }
    }

    private void Complained(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        // The first line that names an error says more than the stack under it.
        var text = line.Length <= 200 ? line : line[..200];
        _lastError = _lastError.Contains("Error", StringComparison.Ordinal) ? _lastError : text;
        _logger.LogWarning("Gateway: {Line}", text);
    }
}
