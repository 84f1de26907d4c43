using System.Text.Json;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Bots.Recurring;
using FluentValidation.Results;

namespace ExEngine.Core.Bots.Running;

/// <summary>Settings of a bot as they come from outside: read, checked, and written as they are stored.</summary>
public static class BotSettingsReader
{
    /// <returns>The settings as they are stored; or messages by the name of the field, when they are not right.</returns>
    public static (string? Settings, IDictionary<string, string[]> Errors) Read(BotKind kind, JsonElement? settings)
    {
        if (settings is not { ValueKind: JsonValueKind.Object } given)
        {
            return (null, Error("settings", "The settings are missing; state an object, such as {\"baseOrder\": \"100\"}."));
        }

        try
        {
            return kind switch
            {
                BotKind.Dca => Checked(BotText.DcaSettings(given.GetRawText()), BotText.Of, new DcaSettingsValidator().Validate),
                BotKind.Grid => Checked(BotText.GridSettings(given.GetRawText()), BotText.Of, new GridSettingsValidator().Validate),
                _ => Checked(BotText.RecurringSettings(given.GetRawText()), BotText.Of, new RecurringSettingsValidator().Validate),
            };
        }
        catch (JsonException e)
        {
            var path = e.Path is { Length: > 2 } at ? at[2..] : "";
            return (
                null,
                Error(
                    path.Length > 0 ? $"settings.{path}" : "settings",
                    path.Length > 0
                        ? $"\"{path}\" cannot be read; numbers are written as 1.5 or \"1.5\", and choices by their names."
                        : "The settings cannot be read; state an object of names and values."
                )
            );
        }
    }

    private static (string? Settings, IDictionary<string, string[]> Errors) Checked<T>(
        T settings,
        Func<T, string> write,
        Func<T, ValidationResult> validate
    )
    {
        var result = validate(settings);
        return result.IsValid
            ? (write(settings), new Dictionary<string, string[]>())
            : (null, result.ToDictionary().ToDictionary(e => $"settings.{Camel(e.Key)}", e => e.Value));
    }

    private static string Camel(string path) => string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    private static Dictionary<string, string[]> Error(string field, string message) => new() { [field] = [message] };
}
