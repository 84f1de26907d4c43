using System.Diagnostics;
using System.Globalization;

namespace ExEngine.Core.Hosting;

/// <summary>
/// Named points of the path, before and after each commit and each call, at which a test kills the process as a power cut
/// would. Off unless <c>Execution:DangerousFailpoint</c> names one.
/// </summary>
public static class Failpoint
{
    private static string? _name;
    private static int _left;

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

    /// <summary>What this process kills itself at; null for nothing.</summary>
    public static string? Armed => _name;

    /// <summary>Whether a setting names a point: <c>name</c>, or <c>name:3</c> for the third time that it is reached.</summary>
    public static bool IsPoint(string setting) => Read(setting) is not null;

    /// <summary>
    /// From now on this process kills itself at the named point. Called once, at start, with the setting that was checked.
    /// </summary>
    public static void Arm(string? setting)
    {
        if (setting is { Length: > 0 } && Read(setting) is var (name, times))
        {
            (_left, _name) = (times, name);
        }
    }

    public static void Reach(string name)
    {
        if (_name is { } armed && armed == name && Interlocked.Decrement(ref _left) == 0)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            self.WaitForExit();
        }
    }

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
