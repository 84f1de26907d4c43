namespace ExEngine.Core.Data;

/// <summary>The single row that must decrypt at start: proof that this process holds the keys of this database.</summary>
public sealed class Canary
{
    public int Id { get; set; }
    public required string Sealed { get; set; }
}
