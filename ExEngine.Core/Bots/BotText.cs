using System.Text.Json;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Bots.Recurring;
using ExEngine.Core.Text;

namespace ExEngine.Core.Bots;

/// <summary>
/// States and settings as text for a row. The shape has a version: a row of a later version is refused and never guessed at, and one of an
/// earlier version is brought up here, step by step, once there is a second. States are whole when they are written and are read by
/// generated code; settings may leave out what has a default, which generated code forgets for properties that are set once, so they are
/// read without it.
/// </summary>
public static class BotText
{
    private const int DcaVersion = 1;
    private const int GridVersion = 1;
    private const int RecurringVersion = 1;

    public static string Of(DcaState state) => JsonSerializer.Serialize(state, BotJson.Exact.DcaState);

    public static string Of(DcaSettings settings) => JsonSerializer.Serialize(settings, BotJson.Exact.DcaSettings);

    /// <exception cref="JsonException">It is no such state, or of a version that is not known here.</exception>
    public static DcaState DcaState(string text)
    {
        var state = JsonSerializer.Deserialize(text, BotJson.Exact.DcaState);
        return state?.Version == DcaVersion ? state : throw Unknown(state?.Version, DcaVersion);
    }

    /// <exception cref="JsonException">It is no such settings.</exception>
    public static DcaSettings DcaSettings(string text) =>
        JsonSerializer.Deserialize<DcaSettings>(text, ExactJson.Options) ?? throw new JsonException("Settings are expected.");

    public static string Of(GridState state) => JsonSerializer.Serialize(state, BotJson.Exact.GridState);

    public static string Of(GridSettings settings) => JsonSerializer.Serialize(settings, BotJson.Exact.GridSettings);

    /// <exception cref="JsonException">It is no such state, or of a version that is not known here.</exception>
    public static GridState GridState(string text)
    {
        var state = JsonSerializer.Deserialize(text, BotJson.Exact.GridState);
        return state?.Version == GridVersion ? state : throw Unknown(state?.Version, GridVersion);
    }

    /// <exception cref="JsonException">It is no such settings.</exception>
    public static GridSettings GridSettings(string text) =>
        JsonSerializer.Deserialize<GridSettings>(text, ExactJson.Options) ?? throw new JsonException("Settings are expected.");

    public static string Of(RecurringState state) => JsonSerializer.Serialize(state, BotJson.Exact.RecurringState);

    public static string Of(RecurringSettings settings) => JsonSerializer.Serialize(settings, BotJson.Exact.RecurringSettings);

    /// <exception cref="JsonException">It is no such state, or of a version that is not known here.</exception>
    public static RecurringState RecurringState(string text)
    {
        var state = JsonSerializer.Deserialize(text, BotJson.Exact.RecurringState);
        return state?.Version == RecurringVersion ? state : throw Unknown(state?.Version, RecurringVersion);
    }

    /// <exception cref="JsonException">It is no such settings.</exception>
    public static RecurringSettings RecurringSettings(string text) =>
        JsonSerializer.Deserialize<RecurringSettings>(text, ExactJson.Options) ?? throw new JsonException("Settings are expected.");

    private static JsonException Unknown(int? version, int known) =>
        new($"The bot's state has version {version}, and this version of the product knows {known}; use the one that wrote it.");
}
