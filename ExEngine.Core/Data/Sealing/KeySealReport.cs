namespace ExEngine.Core.Data.Sealing;

/// <summary>How far the keys and the secrets under them are sealed.</summary>
/// <param name="OpenKeys">Keys whose XML lies open in the store.</param>
/// <param name="SecretsLeft">Secrets under a key that lies open, or did once: to be sealed again.</param>
/// <param name="Stuck">Those of them that do not open, so that their owner must enter them again.</param>
/// <param name="Text">For people: what is so, and what to do. Begins with <c>sealed</c> or <c>unsealed</c>.</param>
/// <param name="At">UTC; when this was found. Null before the first look.</param>
public sealed record KeySealReport(KeySeal State, int OpenKeys, int SecretsLeft, int Stuck, string Text, DateTime? At)
{
    internal const string NameOne =
        "Name a certificate in DataProtection:CertificatePath and restart; what is stored is then sealed again by itself.";
}

public enum KeySeal
{
    /// <summary>Nobody has looked yet.</summary>
    Unknown,

    /// <summary>No certificate is configured: whoever reads the store of the ring and the database reads every secret.</summary>
    Unsealed,

    /// <summary>A certificate is configured, and not everything is under it yet.</summary>
    Resealing,

    /// <summary>Every key's XML is encrypted, and every secret is under a key that was never stored open.</summary>
    Sealed,
}
