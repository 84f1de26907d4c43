using System.Globalization;

namespace ExEngine.Core.Hosting;

/// <summary>An account of a Unix machine, by its numbers, and what the file modes let it do; access lists are not looked at.</summary>
public sealed record UnixAccount(uint User, uint Group)
{
    private const int CapDacOverride = 1;
    private const int CapSetGid = 6;
    private const int CapSetUid = 7;
    private const int CapSetPcap = 8;

    public static bool IsRoot => !OperatingSystem.IsWindows() && Environment.UserName == "root";

    /// <summary>Whether this process may start another one as another account, and still reach what that one writes.</summary>
    public static bool MayBecomeOthers =>
        Status("CapEff:") is { } hex
        && ulong.TryParse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var held)
        && Array.TrueForAll([CapDacOverride, CapSetGid, CapSetUid, CapSetPcap], bit => (held & (1ul << bit)) != 0);

    /// <summary>False in a container whose user namespace does not have this account: nothing can run as it there.</summary>
    public bool IsMapped => Maps("/proc/self/uid_map", User) && Maps("/proc/self/gid_map", Group);

    /// <returns>Null when the machine has none of this name, or keeps its accounts elsewhere than in <c>/etc/passwd</c>.</returns>
    public static UnixAccount? Find(string name)
    {
        if (!File.Exists("/etc/passwd"))
        {
            return null;
        }

        return File.ReadLines("/etc/passwd")
            .Select(line => line.Split(':'))
            .Where(parts => parts.Length > 3 && parts[0] == name)
            .Select(parts =>
                uint.TryParse(parts[2], out var user) && uint.TryParse(parts[3], out var group) ? new UnixAccount(user, group) : null
            )
            .FirstOrDefault();
    }

    /// <summary>By what everybody may do, since nothing of ours belongs to such an account: read a file, read and enter a folder.</summary>
    public bool MayRead(string path)
    {
        if (OperatingSystem.IsWindows() || User == 0)
        {
            return true;
        }

        var real = File.ResolveLinkTarget(path, true)?.FullName ?? Path.GetFullPath(path);
        var wanted = UnixFileMode.OtherRead | (Directory.Exists(real) ? UnixFileMode.OtherExecute : 0);
        return Path.Exists(real) && File.GetUnixFileMode(real).HasFlag(wanted) && MayEnter(Path.GetDirectoryName(real));
    }

    public bool MayWriteIn(string folder) =>
        OperatingSystem.IsWindows()
        || User == 0
        || (
            Directory.Exists(folder)
            && File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherWrite | UnixFileMode.OtherExecute)
            && MayEnter(Path.GetDirectoryName(folder))
        );

    private static bool MayEnter(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (!OperatingSystem.IsWindows() && !File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }

        return true;
    }

    // Lines of: first id inside, first id outside, how many.
    private static bool Maps(string file, uint id) =>
        !File.Exists(file)
        || File.ReadLines(file)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(parts =>
                parts.Length == 3
                && uint.TryParse(parts[0], out var first)
                && ulong.TryParse(parts[2], out var count)
                && id >= first
                && id - first < count
            );

    private static string? Status(string name) =>
        File.Exists("/proc/self/status")
            ? File.ReadLines("/proc/self/status")
                .FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))
                ?[name.Length..].Trim()
            : null;
}
