namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>Where Node.js and the gateway's files are on this machine, or which of them is missing.</summary>
internal sealed record GatewayPlace(string Node, string Directory)
{
    /// <returns>The place, or one sentence on what is missing and what to do.</returns>
    public static (GatewayPlace? Place, string Missing) Find(GatewayOptions options)
    {
        if (OperatingSystem.IsWindows())
        {
            return (
                null,
                "On Windows the gateway is not started by the application. Start it by hand and set Gateway:Url and Gateway:Secret."
            );
        }

        if (FindProgram(options.NodePath) is not { } node)
        {
            return (null, $"Node.js was not found ({options.NodePath}). Install Node.js 20 or later, or set Gateway:NodePath.");
        }

        if (FindDirectory(options) is not { } directory)
        {
            return (null, "The gateway's files were not found beside the application. Build again, or set Gateway:Directory.");
        }

        return System.IO.Directory.Exists(Path.Combine(directory, "node_modules", "ccxt"))
            ? (new GatewayPlace(node, directory), "")
            : (
                null,
                $"The gateway's packages are not installed. Build again with npm there, or run npm ci --omit=dev --ignore-scripts in {directory}."
            );
    }

    /// <returns>The program's path, by its path or its name on the PATH; null when there is none.</returns>
    internal static string? FindProgram(string name) =>
        name.Contains(Path.DirectorySeparatorChar)
            ? Existing(Path.GetFullPath(name))
            : (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Select(folder => Existing(Path.Combine(folder, name)))
                .FirstOrDefault(found => found is not null);

    // Published, the folder lies beside the application; built, a file there names the folder that the build installed it in.
    private static string? FindDirectory(GatewayOptions options)
    {
        var pointer = Path.Combine(AppContext.BaseDirectory, "gateway.location");
        string?[] places =
        [
            options.Directory,
            Path.Combine(AppContext.BaseDirectory, "gateway"),
            File.Exists(pointer) ? File.ReadAllText(pointer).Trim() : null,
        ];
        return (options.Directory is null ? places : places[..1]).FirstOrDefault(p =>
            p is not null && File.Exists(Path.Combine(p, "server.mjs"))
        );
    }

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
