namespace ExEngine.Core.Data;

/// <summary>One element of the Data Protection key ring, kept beside the ciphertext that it opens.</summary>
public sealed class KeyRingEntry
{
    public int Id { get; set; }
    public required string FriendlyName { get; set; }
    public required string Xml { get; set; }
}
