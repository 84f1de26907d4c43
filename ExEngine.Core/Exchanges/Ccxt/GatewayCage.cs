using System.Diagnostics;
using ExEngine.Core.Hosting;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>
/// What keeps exchange code, of which much is other people's, to its own files and the network: another account where this program runs as
/// root, no capabilities and no new privileges where <c>setpriv</c> is there, Node's permission model, and a bounded heap. What this
/// machine cannot do is left out and said in <see cref="Open"/>.
/// </summary>
/// <param name="Before">The command that starts Node in its bounds; empty for none.</param>
/// <param name="Flags">For Node itself.</param>
/// <param name="Open">What stays open, and why; empty when nothing does.</param>
internal sealed record GatewayCage(IReadOnlyList<string> Before, IReadOnlyList<string> Flags, IReadOnlyList<string> Open)
{
    /// <summary>In MiB. CCXT with every exchange loaded and 60 streams takes about 300.</summary>
    private const int MaxHeap = 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static async Task<GatewayCage> FindAsync(
        GatewayPlace place,
        string socketPath,
        GatewayOptions options,
        CancellationToken stopping
    )
    {
        if (!options.Confined)
        {
            return new([], [], ["Gateway:Confined is false"]);
        }

        List<string> open = [];
        var before = Wrapper(place, socketPath, options, open);
        return new(
            before,
            FlagsOf(await VersionAsync(place.Node, stopping), place.Directory, Path.GetDirectoryName(socketPath)!, open),
            open
        );
    }

    /// <summary>Node's permission model as this version knows it: no files but these, no processes, native code or threads.</summary>
    internal static IReadOnlyList<string> FlagsOf(Version? node, string directory, string socketFolder, List<string> open)
    {
        List<string> flags = [$"--max-old-space-size={MaxHeap}"];
        if (node is null || node.Major < 20)
        {
            open.Add("this Node.js has no permission model");
            return flags;
        }

        flags.Add(
            node >= new Version(22, 13) && node.Major != 23 || node >= new Version(23, 5) ? "--permission" : "--experimental-permission"
        );
        if (node.Major >= 25)
        {
            flags.Add("--allow-net");
        }

        // A slash at the end means a folder that is there and all that is in it; the other one is yet to be made.
        flags.AddRange([$"--allow-fs-read={directory}/", $"--allow-fs-read={socketFolder}*", $"--allow-fs-write={socketFolder}*"]);
        return flags;
    }

    private static List<string> Wrapper(GatewayPlace place, string socketPath, GatewayOptions options, List<string> open)
    {
        if (GatewayPlace.FindProgram("setpriv") is not { } setpriv)
        {
            open.Add("setpriv, of the package util-linux, is not installed");
            return [];
        }

        List<string> before = [setpriv, "--no-new-privs"];
        if (!UnixAccount.IsRoot)
        {
            return before;
        }

        var (account, problem) = AccountFor(place, socketPath, options.User);
        if (account is null)
        {
            open.Add(problem!);
            return before;
        }

        before.AddRange([
            $"--reuid={account.User}",
            $"--regid={account.Group}",
            "--clear-groups",
            "--inh-caps=-all",
            "--bounding-set=-all",
        ]);
        return before;
    }

    private static (UnixAccount? Account, string? Problem) AccountFor(GatewayPlace place, string socketPath, string name)
    {
        if (UnixAccount.Find(name) is not { } account)
        {
            return (null, $"it runs as root, since there is no account {name} (Gateway:User)");
        }

        if (!UnixAccount.MayBecomeOthers || !account.IsMapped)
        {
            return (null, "it runs as root, since root may not become another account here");
        }

        string[] read = [place.Node, Path.Combine(place.Directory, "server.mjs"), Path.Combine(place.Directory, "node_modules", "ccxt")];
        if (Array.Find(read, path => !account.MayRead(path)) is { } closed)
        {
            return (null, $"it runs as root, since {name} may not read {closed}");
        }

        var temp = Path.GetDirectoryName(Path.GetDirectoryName(socketPath))!;
        return account.MayWriteIn(temp) ? (account, null) : (null, $"it runs as root, since {name} may not write in {temp}");
    }

    private static async Task<Version?> VersionAsync(string node, CancellationToken stopping)
    {
        using var process = Process.Start(
            new ProcessStartInfo(node, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true }
        );
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        timeout.CancelAfter(Timeout);
        try
        {
            var text = await process!.StandardOutput.ReadToEndAsync(timeout.Token);
            return Version.TryParse(text.Trim().TrimStart('v').Split('-')[0], out var version) ? version : null;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            process!.Kill();
            return null;
        }
    }
}
