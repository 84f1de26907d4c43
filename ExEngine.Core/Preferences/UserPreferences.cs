using ExEngine.Core.Text;

namespace ExEngine.Core.Preferences;

/// <summary>How a person wants to be shown things and to be asked. Without a row the values here hold.</summary>
public sealed record UserPreferences
{
    public const int MaxTimeZone = 64;

    public static readonly UserPreferences Default = new();

    public Guid UserId { get; init; }

    /// <summary>The name of an IANA time zone; null for the browser's own, where days are those of UTC.</summary>
    public string? TimeZone { get; init; }
    public NumberFormat Numbers { get; init; }
    public PriceColours Colours { get; init; }

    /// <summary>Orders on paper are asked about by a second press, as those on live accounts always are.</summary>
    public bool ConfirmPaperOrders { get; init; }

    /// <summary>Closing at market on paper asks; on live accounts it always does.</summary>
    public bool ConfirmPaperCloses { get; init; } = true;

    /// <summary>Cancelling orders on paper asks; on live accounts it always does.</summary>
    public bool ConfirmPaperCancels { get; init; } = true;

    /// <summary>The zone in which times are told; null for the browser's own.</summary>
    public TimeZoneInfo? Zone => TimeZone is { } name ? TimeZones.Find(name) : null;
}

/// <summary>The colours of rising and falling, of buying and selling.</summary>
public enum PriceColours
{
    GreenRed,
    RedGreen,

    /// <summary>For who does not tell green from red.</summary>
    BlueOrange,
}
