using System.Runtime.InteropServices;

namespace ExEngine.Core.Hosting;

/// <summary>
/// Keeps this process's memory and environment, where secrets are, from other processes of the same account: on Linux they may neither read
/// <c>/proc/PID/environ</c> and <c>mem</c> nor attach. Root still may, and no core dump is written.
/// </summary>
public static class ClosedProcess
{
    private const int SetDumpable = 4;
    private const int GetDumpable = 3;

    /// <summary>Whether others may look in now; always true where it is not known how to close it.</summary>
    public static bool IsOpen => !OperatingSystem.IsLinux() || prctl(GetDumpable, 0, 0, 0, 0) != 0;

    public static void Close()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = prctl(SetDumpable, 0, 0, 0, 0);
        }
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int prctl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);
}
