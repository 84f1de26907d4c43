namespace ExEngine.Core.Data.Sealing;

/// <summary>
/// The last <see cref="KeySealReport"/> of this instance, for health and for pages; looked at anew every minute. Thread-safe.
/// </summary>
public sealed class KeySealState
{
    private volatile KeySealReport _report = new(KeySeal.Unknown, 0, 0, 0, "unsealed: nobody has looked yet.", null);

    public KeySealReport Report
    {
        get => _report;
        internal set => _report = value;
    }
}
