using System.Text.Json;
using ExEngine.Core.Text;
using ExEngine.Web.Network;

namespace ExEngine.Web.Api.Problems;

/// <summary>The JSON body of a request, which can be looked at once more when it was not what is expected.</summary>
public static class SentBody
{
    /// <summary>
    /// Before anything reads it: a body is kept in memory while it is answered, and none is written to a disk, as one may hold a secret.
    /// </summary>
    public static Task KeepAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.HasJsonContentType() && request.ContentLength is not > NetworkServices.BodyLimit)
        {
            request.EnableBuffering((int)NetworkServices.BodyLimit, NetworkServices.BodyLimit);
        }

        return next(context);
    }

    /// <summary>Reads all of it, from its beginning.</summary>
    /// <exception cref="FieldException">It is not what is expected.</exception>
    public static async Task<T?> ReadAsync<T>(HttpContext context, JsonSerializerOptions options)
    {
        try
        {
            if (context.Request.Body.CanSeek)
            {
                context.Request.Body.Position = 0;
            }

            return await JsonSerializer.DeserializeAsync<T>(context.Request.Body, options, context.RequestAborted);
        }
        catch (JsonException e)
        {
            throw await FaultAsync(context, typeof(T), e);
        }
    }

    /// <summary>What is wrong with it, for who sent it.</summary>
    /// <param name="expected">What it was read as; null when that is not known.</param>
    public static async Task<FieldException> FaultAsync(HttpContext context, Type? expected, JsonException e)
    {
        var fault = JsonFault.Of(await AgainAsync(context), expected, e);
        return new FieldException(fault.Field, fault.Message, e);
    }

    private static async Task<ReadOnlyMemory<byte>?> AgainAsync(HttpContext context)
    {
        if (!context.Request.Body.CanSeek)
        {
            return null;
        }

        context.Request.Body.Position = 0;
        var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy, context.RequestAborted);
        return copy.ToArray();
    }
}
