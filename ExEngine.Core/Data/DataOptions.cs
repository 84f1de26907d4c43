using System.ComponentModel.DataAnnotations;

namespace ExEngine.Core.Data;

/// <summary>Section <c>Data</c>.</summary>
public sealed class DataOptions
{
    /// <summary>Folder of the SQLite file and the logs in embedded mode. Default: <c>data</c> in the working directory.</summary>
    [Required]
    public string Directory { get; set; } = "data";
}
