namespace ExEngine.Tests.Support;

/// <summary>The source tree that these tests were built from.</summary>
public static class Source
{
    public static string Root { get; } = FindRoot();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "ExEngine.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("ExEngine.sln is in no folder above the tests.");
        }

        return folder.FullName;
    }
}
