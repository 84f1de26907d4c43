using System.ComponentModel.DataAnnotations;

namespace ExEngine.Core.Data;

/// <summary>Section <c>DataProtection</c>: the keys that seal secrets and sign-in cookies.</summary>
public sealed class KeyRingOptions
{
    /// <summary>Where the keys are kept. Default <c>Database</c>; <c>Redis</c> only with an append-only file.</summary>
    public KeyRingStore KeyRing { get; set; } = KeyRingStore.Database;

    /// <summary>
    /// PKCS#12 file with the RSA certificate and private key that seals the keys. Default: none, keys lie open in their store.
    /// </summary>
    public string? CertificatePath { get; set; }

    /// <summary>Opens <see cref="CertificatePath"/>. Default: none.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>
    /// How long an instance on PostgreSQL waits after its start before it seals stored secrets again under a certificate that is new:
    /// others must have been restarted with it by then. Default 5 min; 0 s to 1 d, inclusive.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ResealAfter { get; set; } = TimeSpan.FromMinutes(5);
}

public enum KeyRingStore
{
    Database,
    Redis,
}
