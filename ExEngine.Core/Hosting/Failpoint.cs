using System.Diagnostics;
using System.Globalization;

namespace ExEngine.Core.Hosting;

/// <summary>
/// Named points of the path, before and after each commit and each call, at which a test kills the process as a power cut
/// would. Off unless <c>Execution:DangerousFailpoint</c> names one, or a file that names one later: a server that runs need not be started
/// anew to be killed somewhere else.
/// </summary>
public static class Failpoint
{
    private static string? _name;
    private static string? _file;
    private static int _left;
    private static int _met;

    /// <summary>Every name, in path order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "intake.beforeCommit",
        "intake.afterCommit",
        "claim.afterCommit",
        "plan.beforeCommit",
        "plan.afterCommit",
        "send.beforeCall",
        "send.afterCall",
        "answer.beforeCommit",
        "answer.afterCommit",
        "look.beforeCall",
        "look.afterCall",
        "cancelAsk.beforeCommit",
        "cancelAsk.afterCommit",
        "cancel.beforeCall",
        "cancel.afterCall",
        "unknown.beforeCommit",
        "unknown.afterCommit",
        "protection.beforeCommit",
        "protection.afterCommit",
        "botSignal.beforeCommit",
        "botSignal.afterCommit",
        "bot.beforeCommit",
        "bot.afterCommit",
    ];

    /// <summary>What this process kills itself at, or the file that says it; null for nothing.</summary>
    public static string? Armed => _name ?? _file;

    /// <summary>
    /// Whether a setting names a point: <c>name</c>, or <c>name:3</c> for the third time that it is reached; or a file, <c>@/path</c>.
    /// </summary>
    public static bool IsPoint(string setting) => Read(setting) is not null || IsFile(setting);

    /// <summary>
    /// From now on this process kills itself at the named point. Called once, at start, with the setting that was checked.
    /// </summary>
    public static void Arm(string? setting)
    {
        if (setting is { Length: > 0 } && Read(setting) is var (name, times))
        {
            (_left, _name) = (times, name);
        }
        else if (setting is not null && IsFile(setting))
        {
            _file = setting[1..];
        }
    }

    public static void Reach(string name)
    {
        if (_name is { } armed && armed == name && Interlocked.Decrement(ref _left) == 0)
        {
            Die();
        }
        else if (_file is { } file && File.Exists(file))
        {
            ReachByFile(file, name);
        }
    }

    // Its file goes first, so that the next process lives.
    private static void ReachByFile(string file, string name)
    {
        if (Read(File.ReadAllText(file)) is var (armed, times) && armed == name && Interlocked.Increment(ref _met) >= times)
        {
            File.Delete(file);
            Die();
        }
    }

    private static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        self.WaitForExit();
    }

    private static bool IsFile(string setting) => setting is ['@', .. var path] && Path.IsPathFullyQualified(path);

    private static (string Name, int Times)? Read(string setting)
    {
        var parts = setting.Split(':');
        var times = 1;
        var isPoint =
            Names.Contains(parts[0])
            && (parts.Length == 1 || (parts.Length == 2 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out times) && times > 0));
        return isPoint ? (parts[0], times) : null;
    }
}
