using System.ComponentModel.DataAnnotations;
using Serilog.Events;

namespace ExEngine.Web.Logs;

/// <summary>Section <c>Logs</c>: the console, and JSON lines in <c>logs</c> under <c>Data:Directory</c>.</summary>
public sealed class LogOptions
{
    /// <summary>The least level that is written: Verbose, Debug, Information, Warning, Error or Fatal. Default Information.</summary>
    public LogEventLevel Level { get; set; } = LogEventLevel.Information;

    /// <summary>
    /// Lines that one IP address (one /64 for IPv6) may cause in a minute with requests of nobody who is signed in; what is more is told in
    /// one line. Lines of the security log count by themselves. Default 120; 1 to 1,000,000, inclusive.
    /// </summary>
    [Range(1, 1_000_000)]
    public int AnonymousLinesPerMinute { get; set; } = 120;

    /// <summary>Whether files are written beside the console. Default true.</summary>
    public bool Files { get; set; } = true;

    /// <summary>A file is closed and the next begun at this many MiB, and at midnight. Default 64; 1 to 1024, inclusive.</summary>
    [Range(1, 1024)]
    public int FileMegabytes { get; set; } = 64;

    /// <summary>How many files are kept before the oldest is deleted. Default 31; 1 to 1000, inclusive.</summary>
    [Range(1, 1000)]
    public int KeptFiles { get; set; } = 31;

    /// <summary>The same for the security log. Default 366; 1 to 1000, inclusive.</summary>
    [Range(1, 1000)]
    public int KeptSecurityFiles { get; set; } = 366;
}
