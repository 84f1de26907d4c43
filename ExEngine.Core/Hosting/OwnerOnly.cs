namespace ExEngine.Core.Hosting;

/// <summary>
/// Files that hold secrets, or what belongs to users, are for the account that runs the process alone, whatever the folder that they are in
/// lets others do. On Windows the folder's rights count.
/// </summary>
public static class OwnerOnly
{
    private const UnixFileMode ReadAndWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Takes the file from everybody else; one that is not there, or is another account's, stays as it is.</summary>
    public static void Restrict(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path) || File.GetUnixFileMode(path) == ReadAndWrite)
        {
            return;
        }

        try
        {
            File.SetUnixFileMode(path, ReadAndWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A mounted folder without such rights: what it is mounted with counts.
        }
    }
}
