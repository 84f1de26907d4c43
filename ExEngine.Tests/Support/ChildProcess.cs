using System.Diagnostics;
using System.Text;

namespace ExEngine.Tests.Support;

/// <summary>
/// A process of our own that never outlives the tests: a watcher beside it ends it when our end of its pipe closes,
/// even if the test run was killed.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const string Guarded =
        """exec 3<&0; { read -r word <&3; [ -n "$word" ] || kill -INT $$; } >/dev/null 2>&1 & exec "$0" "$@" </dev/null 3<&-""";

    private readonly StringBuilder _log = new();
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;
    public bool HasExited => _process.HasExited;

    /// <summary>Everything written to standard output and standard error so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    public static ChildProcess Start(
        string file,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? directory = null
    )
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Guarded, file, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(new Process { StartInfo = start });
        child._process.OutputDataReceived += child.Append;
        child._process.ErrorDataReceived += child.Append;
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs a command to its end; fails with its output when it does not answer 0.</summary>
    public static async Task<string> RunAsync(string file, params string[] arguments)
    {
        await using var child = Start(file, arguments);
        var code = await child.WaitForExitAsync(TimeSpan.FromMinutes(2));
        return code == 0 ? child.Log : throw new InvalidOperationException($"{file} ended with {code}:\n{child.Log}");
    }

    /// <param name="signal">A name such as <c>TERM</c> or <c>KILL</c>.</param>
    public void Signal(string signal)
    {
        using var kill = Process.Start("/bin/kill", ["-s", signal, Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <returns>The exit code, with all output read.</returns>
    public async Task<int> WaitForExitAsync(TimeSpan timeout)
    {
        using var stop = new CancellationTokenSource(timeout);
        try
        {
            await _process.WaitForExitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{_process.StartInfo.ArgumentList[2]} did not end within {timeout}:\n{Log}");
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Signal("INT");
            try
            {
                await WaitForExitAsync(TimeSpan.FromSeconds(15));
            }
            catch (TimeoutException)
            {
                _process.Kill();
            }
        }

        try
        {
            await _process.StandardInput.WriteLineAsync("ended");
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The watcher is gone already.
        }

        _process.Dispose();
    }

    private void Append(object sender, DataReceivedEventArgs e)
    {
        lock (_log)
        {
            _log.AppendLine(e.Data);
        }
    }
}
