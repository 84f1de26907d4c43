using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ExEngine.Core.Text;
using FluentValidation;

namespace ExEngine.Core.Bots;

/// <summary>Settings of a bot as they come from outside: read strictly, and checked as far as no market is needed.</summary>
public static class BotSettingsReader
{
    // A name that is not known is told: a setting that was meant and not read is worse than none.
    private static readonly JsonSerializerOptions Strict = new(ExactJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <param name="settings">A JSON object with the names of the kind's settings; what is left out has its default.</param>
    /// <param name="errors">What is wrong is added, by field: <c>settings</c>, <c>settings.grids</c>.</param>
    /// <returns>Null when something is wrong.</returns>
    public static T? Read<T>(string? settings, AbstractValidator<T> validator, IDictionary<string, string[]> errors)
        where T : class
    {
        try
        {
            var read =
                JsonSerializer.Deserialize<T>(string.IsNullOrWhiteSpace(settings) ? "{}" : settings, Strict)
                ?? throw new JsonException("null");
            var verdict = validator.Validate(read);
            foreach (var field in verdict.Errors.GroupBy(e => e.PropertyName))
            {
                var name = string.Join('.', field.Key.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
                errors[$"settings.{name}"] = [.. field.Select(e => e.ErrorMessage)];
            }

            return verdict.IsValid ? read : null;
        }
        catch (JsonException e)
        {
            var (field, message) = Explain(settings!, typeof(T), e);
            errors[field.Length > 0 ? $"settings.{field}" : "settings"] = [message];
            return null;
        }
    }

    private static JsonFault Explain(string settings, Type type, JsonException e)
    {
        const string Unknown = "The JSON property '";
        var fault = JsonFault.Of(Encoding.UTF8.GetBytes(settings), type, e, "settings");
        return e.Message.StartsWith(Unknown, StringComparison.Ordinal) && e.Message[Unknown.Length..].Split('\'')[0] is var name
            ? fault with
            {
                Message = $"\"{name}\" is no setting of this kind; take it out, or write it as in the documentation of bots.",
            }
            : fault;
    }
}
