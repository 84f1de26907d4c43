namespace ExEngine.Tests.Support;

/// <summary>A directory of one test's own, gone with it. Short, because a Unix socket's path may have 107 bytes.</summary>
public sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("exe-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that is just ending may still write; the operating system cleans /tmp.
        }
    }
}
