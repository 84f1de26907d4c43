using System.Diagnostics;
using System.Globalization;

namespace ExEngine.Core;

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
        "intake.beforeCommit", "intake.afterCommit", "claim.afterCommit", "plan.beforeCommit", "plan.afterCommit", "send.beforeCall",
        "send.afterCall", "answer.beforeCommit", "answer.afterCommit", "look.beforeCall", "look.afterCall", "cancelAsk.beforeCommit",
        "cancelAsk.afterCommit", "cancel.beforeCall", "cancel.afterCall", "unknown.beforeCommit", "unknown.afterCommit",
        "protection.beforeCommit", "protection.afterCommit",
    ];

    /// <summary>From now on this process kills itself at the named point; at its third time when written <c>name:3</c>.</summary>
    /// <returns>False when there is no such point.</returns>
    public static bool TryArm(string setting)
    {
        var parts = setting.Split(':');
        var times = 1;
        if (!Names.Contains(parts[0]) || parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], CultureInfo.InvariantCulture, out times)))
        {
            return false;
        }

        (_left, _name) = (times, parts[0]);
        return times > 0;
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
}
