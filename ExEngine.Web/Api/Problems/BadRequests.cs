using System.Text.Json;
using ExEngine.Core.Text;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace ExEngine.Web.Api.Problems;

/// <summary>
/// The one place where a request that cannot be read becomes an answer: 400 with the field, what was sent, what is allowed and what to do,
/// and never the name of a type.
/// </summary>
internal sealed class BadRequests(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad)
        {
            return false;
        }

        var details = new ProblemDetails { Status = bad.StatusCode, Detail = bad.Message };
        ApiProblems.Explain(details, await FaultAsync(context, bad));
        context.Response.StatusCode = bad.StatusCode;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = details });
    }

    private static async Task<JsonFault?> FaultAsync(HttpContext context, BadHttpRequestException bad)
    {
        if (bad is FieldException known)
        {
            return new(known.Field, known.Message);
        }

        // The endpoint is taken off the request while its failure is answered.
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        var expected = endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        if (bad.InnerException is JsonException json)
        {
            var found = await SentBody.FaultAsync(context, expected, json);
            return new(found.Field, found.Message);
        }

        // Words of the framework name the type of what it could not fill; ours name no parameter.
        return bad.StatusCode == StatusCodes.Status400BadRequest && bad.Message.Contains("parameter \"", StringComparison.Ordinal)
            ? new("", $"The body is empty, or not what is expected here. Send {JsonWords.Of(expected)}.")
            : null;
    }
}
