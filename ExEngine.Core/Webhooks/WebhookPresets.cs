namespace ExEngine.Core.Webhooks;

/// <summary>The ids of the payload presets, as they are stored and as REST names them.</summary>
public static class WebhookPresets
{
    /// <summary>Recognises the others.</summary>
    public const string Auto = "auto";
    public const string Native = "native";
    public const string TradersPost = "tradersPost";
    public const string Text = "text";

    public static IReadOnlyList<string> All { get; } = [Auto, Native, TradersPost, Text];
}
