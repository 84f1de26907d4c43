using System.Text.Json;
using System.Text.Json.Serialization;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Text;
using FluentValidation;

namespace ExEngine.Core.Bots.Preview;

/// <summary>Settings of a bot that is not stored, of one kind.</summary>
public sealed record BotDraft
{
    public const string DcaKind = "dca";
    public const string GridKind = "grid";

    // A name that is not known is told: a setting that was meant and not read is worse than none.
    private static readonly JsonSerializerOptions Strict = new(ExactJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private BotDraft(DcaSettings? dca, GridSettings? grid) => (Dca, Grid) = (dca, grid);

    public DcaSettings? Dca { get; }
    public GridSettings? Grid { get; }
    public string Kind => Dca is null ? GridKind : DcaKind;

    /// <summary>As it is stored and sent.</summary>
    public string Settings => Dca is { } dca ? BotText.Of(dca) : BotText.Of(Grid!);

    /// <summary>In quote: what it takes in all where it states that itself; null for a DCA bot, which is counted by its preview.</summary>
    public decimal? Investment => Grid?.Investment;

    public static BotDraft Of(DcaSettings settings) => new(settings, null);

    public static BotDraft Of(GridSettings settings) => new(null, settings);

    /// <summary>Reads and checks what needs no market.</summary>
    /// <param name="settings">A JSON object with the names of the kind's settings.</param>
    /// <returns>The draft, or what is wrong by field: <c>kind</c>, <c>settings</c>, <c>settings.grids</c>.</returns>
    public static (BotDraft? Draft, IDictionary<string, string[]> Errors) Read(string? kind, string? settings)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (kind is not (DcaKind or GridKind))
        {
            errors["kind"] = [$"The kind is \"{kind}\"; {DcaKind} and {GridKind} are known: state one of them."];
            return (null, errors);
        }

        try
        {
            var draft =
                kind == DcaKind
                    ? Checked(Parse<DcaSettings>(settings), new DcaSettingsValidator(), errors, Of)
                    : Checked(Parse<GridSettings>(settings), new GridSettingsValidator(), errors, Of);
            return (draft, errors);
        }
        catch (JsonException e)
        {
            var at = e.Path is { Length: > 2 } path ? $"settings{path[1..]}" : "settings";
            errors[at] = [Explain(e)];
            return (null, errors);
        }
    }

    private static T Parse<T>(string? settings)
        where T : class =>
        JsonSerializer.Deserialize<T>(string.IsNullOrWhiteSpace(settings) ? "{}" : settings, Strict)
        ?? throw new JsonException("An object with settings is expected.");

    private static BotDraft? Checked<T>(
        T settings,
        AbstractValidator<T> validator,
        Dictionary<string, string[]> errors,
        Func<T, BotDraft> make
    )
    {
        var verdict = validator.Validate(settings);
        foreach (var field in verdict.Errors.GroupBy(e => e.PropertyName))
        {
            var name = string.Join('.', field.Key.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
            errors[$"settings.{name}"] = [.. field.Select(e => e.ErrorMessage)];
        }

        return verdict.IsValid ? make(settings) : null;
    }

    private static string Explain(JsonException e)
    {
        var words = e.Message.Split(" Path: ")[0];
        const string Unknown = "The JSON property '";
        return words.StartsWith(Unknown, StringComparison.Ordinal) && words[Unknown.Length..].Split('\'')[0] is var name
            ? $"\"{name}\" is no setting of this kind; take it out, or write it as in the documentation of bots."
            : $"This is not what is expected here: {words}";
    }
}
