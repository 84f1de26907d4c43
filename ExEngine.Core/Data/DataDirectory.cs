using System.Globalization;
using ExEngine.Core.Hosting;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Data;

/// <summary>
/// The folder of the embedded database. One process holds it for as long as it lives; the operating system lets go of it
/// even when that process is killed.
/// </summary>
public sealed class DataDirectory(IOptions<DataOptions> options) : IDisposable
{
    /// <summary>The embedded database; SQLite gives what it keeps beside it the same rights.</summary>
    public const string DatabaseFile = "exengine.db";

    private FileStream? _held;

    /// <summary>Makes the folder, readable by its owner alone.</summary>
    /// <exception cref="StartRefusedException">The folder cannot be made.</exception>
    public static string Create(string directory)
    {
        try
        {
            return OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(directory).FullName
                : Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"Data:Directory cannot be made: {e.Message} Name a folder that this user may write to.", e);
        }
    }

    /// <exception cref="StartRefusedException">Another process uses it, or it cannot be written to.</exception>
    public void Hold()
    {
        var directory = Create(options.Value.Directory);
        var file = Path.Combine(directory, "exengine.lock");
        try
        {
            _held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            _held.SetLength(0);
            _held.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            _held.Flush();
            OwnerOnly.Restrict(file);
            Restrict();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartRefusedException($"Data:Directory {directory} cannot be written to: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new StartRefusedException(
                $"Data:Directory {directory} is used by another process{Holder(file)}. Stop that one, give this one a folder of its own "
                    + "with Data__Directory, or use PostgreSQL, which any number of processes may share.",
                e
            );
        }
    }

    /// <summary>The database and what SQLite keeps beside it are for their owner alone: to be called again once they are made.</summary>
    public void Restrict()
    {
        foreach (var ending in (string[])["", "-wal", "-shm", "-journal"])
        {
            OwnerOnly.Restrict(Path.Combine(options.Value.Directory, DatabaseFile + ending));
        }
    }

    public void Dispose() => _held?.Dispose();

    private static string Holder(string file)
    {
        try
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd() is { Length: > 0 } id ? $" (id {id})" : "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
