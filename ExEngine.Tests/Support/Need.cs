using Xunit;

namespace ExEngine.Tests.Support;

/// <summary>
/// What a test needs from the machine. Missing, the test is skipped and says how to install it; with
/// <c>EXENGINE_REQUIRE_ALL=1</c>, as test.sh sets it, it fails.
/// </summary>
public static class Need
{
    public static string Postgres() => PostgresBinaries() ?? Missing("PostgreSQL", "postgresql");

    public static string Redis() => Find("redis-server") ?? Missing("Redis", "redis-server");

    public static string Node() => Find("node") ?? Missing("Node.js", "nodejs npm");

    /// <summary>The one without windows where there is one: the same engine for half the processor time.</summary>
    public static string Chromium() =>
        Find("chromium-headless-shell") ?? Find("chromium") ?? Find("chromium-browser") ?? Missing("Chromium", "chromium-headless-shell");

    /// <returns>The path of an executable, or null.</returns>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin")
            .Split(':')
            .Append("/usr/sbin")
            .Select(folder => System.IO.Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>
    /// How many random cases a test goes through: all, or a fifth of them in <c>./test.sh --fast</c>, for whoever is writing.
    /// </summary>
    public static int Cases(int all) => Environment.GetEnvironmentVariable("EXENGINE_FAST") == "1" ? Math.Max(1, all / 5) : all;

    private static string? PostgresBinaries()
    {
        const string Debian = "/usr/lib/postgresql";
        var folders = Directory.Exists(Debian) ? Directory.GetDirectories(Debian).OrderDescending().Select(d => d + "/bin") : [];
        return folders.FirstOrDefault(f => File.Exists(f + "/initdb")) ?? System.IO.Path.GetDirectoryName(Find("initdb"));
    }

    private static string Missing(string what, string package)
    {
        var text = $"{what} is not installed. Install it: apt-get install {package}";
        if (Environment.GetEnvironmentVariable("EXENGINE_REQUIRE_ALL") == "1")
        {
            Assert.Fail(text);
        }

        Assert.Skip(text);
        return "";
    }
}
