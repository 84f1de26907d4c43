using System.Text.Json;

namespace ExEngine.Web.Api.Bots;

/// <param name="Bot">The object that the API of 3Commas answers for one DCA or grid bot. The body may be that object itself.</param>
/// <param name="AccountId">On which account it is made.</param>
/// <param name="Symbol">Of a bot with several pairs the one that is meant; left out, the first.</param>
/// <param name="Name">Left out, its name there with its number.</param>
/// <param name="Create">Make it, not started.</param>
public sealed record BotImportRequest(JsonElement? Bot, Guid? AccountId, string? Symbol, string? Name, bool? Create)
{
    public const string Expected =
        "bot is the object that 3Commas answers for one DCA or grid bot: {\"bot\": {\"name\": …}, \"accountId\": …, \"create\": true}.";

    /// <summary>Null when it is neither a request nor a bot.</summary>
    /// <exception cref="BadHttpRequestException">A field of the request is of another kind.</exception>
    public static BotImportRequest? Of(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (!body.TryGetProperty("bot", out var bot))
        {
            return new BotImportRequest(body, null, null, null, null);
        }

        try
        {
            return bot.ValueKind == JsonValueKind.Object
                ? new BotImportRequest(bot, Guid(body), Text(body, "symbol"), Text(body, "name"), Flag(body))
                : null;
        }
        catch (FormatException e)
        {
            throw new BadHttpRequestException(e.Message, e);
        }
    }

    private static Guid? Guid(JsonElement body) =>
        Text(body, "accountId") is not { } text ? null
        : System.Guid.TryParse(text, out var id) ? id
        : throw new FormatException("accountId is the id of one of your accounts.");

    private static bool? Flag(JsonElement body) =>
        !body.TryGetProperty("create", out var value) ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null ? value.ValueKind == JsonValueKind.True
        : throw new FormatException("create is true or false.");

    private static string? Text(JsonElement body, string name) =>
        !body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new FormatException($"{name} is a text.");
}
