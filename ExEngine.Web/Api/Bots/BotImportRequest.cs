using System.Text.Json;
using ExEngine.Core.Text;
using ExEngine.Web.Api.Problems;

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
    /// <exception cref="FieldException">A field of the request is of another kind.</exception>
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

        return bot.ValueKind == JsonValueKind.Object
            ? new BotImportRequest(
                bot,
                Read<Guid?>(body, "accountId"),
                Read<string>(body, "symbol"),
                Read<string>(body, "name"),
                Read<bool?>(body, "create")
            )
            : null;
    }

    private static T? Read<T>(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out var value))
        {
            return default;
        }

        try
        {
            return value.Deserialize<T>(ExactJson.Options);
        }
        catch (JsonException e)
        {
            var fault = JsonFault.Of(System.Text.Encoding.UTF8.GetBytes(value.GetRawText()), typeof(T), e, name);
            throw new FieldException(name, fault.Message, e);
        }
    }
}
