using System.ComponentModel.DataAnnotations;

namespace ExEngine.Core.Data;

/// <summary>Section <c>Data</c>.</summary>
public sealed class DataOptions
{
    /// <summary>Folder of the SQLite file and the logs in embedded mode. Default: <c>data</c> in the working directory.</summary>
    [Required]
    public string Directory { get; set; } = "data";

    /// <summary>How long a start waits for PostgreSQL to answer. Default 30 s; 0 s to 10 min, inclusive.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
