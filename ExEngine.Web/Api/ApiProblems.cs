using System.Text.Json;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Core.Text;
using ExEngine.Web.Api.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api;

/// <summary>RFC 9457 problem details, each with a <c>code</c> that scripts can match.</summary>
public static class ApiProblems
{
    public static ProblemHttpResult Problem(int status, string code, string detail, params (string Key, object Value)[] more)
    {
        var extensions = more.ToDictionary(m => m.Key, m => (object?)m.Value);
        extensions["code"] = code;
        return TypedResults.Problem(detail, statusCode: status, extensions: extensions);
    }

    /// <param name="errors">Messages per property; they are answered in camelCase, parts of a group too.</param>
    public static ValidationProblem Invalid(IDictionary<string, string[]> errors) =>
        TypedResults.ValidationProblem(
            errors.ToDictionary(e => string.Join('.', e.Key.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName)), e => e.Value),
            title: "Some fields need a correction.",
            extensions: [new("code", ProblemCodes.ValidationFailed)]
        );

    /// <summary>422 with the code and the numbers of what was refused.</summary>
    public static ProblemHttpResult Refused(OrderRefusal refusal) =>
        Problem(StatusCodes.Status422UnprocessableEntity, refusal.Code, refusal.Message, ("refusal", refusal));

    /// <summary>What an exchange answered instead, with its own code.</summary>
    public static ProblemHttpResult Exchange(ExchangeFault fault) =>
        fault.Kind switch
        {
            FaultKind.Credentials => Problem(
                StatusCodes.Status409Conflict,
                ProblemCodes.ExchangeRefusedKey,
                fault.Message,
                ("exchangeCode", fault.Code)
            ),
            FaultKind.NotSupported => Problem(
                StatusCodes.Status409Conflict,
                FaultCodes.NotSupported,
                fault.Message,
                ("exchangeCode", fault.Code)
            ),
            FaultKind.Rule => Problem(
                StatusCodes.Status409Conflict,
                ProblemCodes.ExchangeRefused,
                fault.Message,
                ("exchangeCode", fault.Code)
            ),
            _ => Problem(
                StatusCodes.Status503ServiceUnavailable,
                FaultCodes.ExchangeUnavailable,
                fault.Message,
                ("exchangeCode", fault.Code)
            ),
        };

    internal static IServiceCollection AddApiProblems(this IServiceCollection services)
    {
        services.AddProblemDetails(o =>
            o.CustomizeProblemDetails = c =>
            {
                var status = c.ProblemDetails.Status ?? c.HttpContext.Response.StatusCode;
                c.ProblemDetails.Extensions.TryAdd("code", CodeOf(status));
                if (status == StatusCodes.Status400BadRequest && c.ProblemDetails is { Detail: null } and not HttpValidationProblemDetails)
                {
                    Explain(c.ProblemDetails, ParameterFault.Of(c.HttpContext));
                }

                // The same id that the log and X-Request-Id carry.
                c.ProblemDetails.Extensions["requestId"] = c.HttpContext.TraceIdentifier;
                c.ProblemDetails.Extensions.Remove("traceId");
            }
        );
        services.AddExceptionHandler<BadRequests>();
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o =>
            LazyJson.Use(ExactJson.Configure(o.SerializerOptions), typeof(ApiProblems).Assembly, typeof(ExactJson).Assembly)
        );
        return services;
    }

    /// <summary>
    /// Under <c>/api</c> and <c>/hooks</c> every error has a problem body, also those that routing and authorization give.
    /// </summary>
    public static void UseApiProblems(this WebApplication app) =>
        app.UseWhen(
            c => c.Request.Path.StartsWithSegments("/api") || c.Request.Path.StartsWithSegments("/hooks"),
            api =>
            {
                api.UseExceptionHandler();
                api.UseStatusCodePages();
                api.UseWhen(c => c.Request.Path.StartsWithSegments("/api"), rest => rest.Use(SentBody.KeepAsync));
            }
        );

    /// <summary>Says what is wrong, and under <c>errors</c> of which field.</summary>
    internal static void Explain(Microsoft.AspNetCore.Mvc.ProblemDetails problem, JsonFault? fault)
    {
        problem.Detail = fault?.Message ?? problem.Detail;
        if (fault is { Field.Length: > 0 })
        {
            problem.Extensions["errors"] = new Dictionary<string, string[]> { [fault.Field] = [fault.Message] };
        }
    }

    private static string CodeOf(int status) =>
        status switch
        {
            400 => ProblemCodes.BadRequest,
            401 => ProblemCodes.Unauthenticated,
            403 => ProblemCodes.Forbidden,
            404 => ProblemCodes.NotFound,
            405 => ProblemCodes.MethodNotAllowed,
            409 => ProblemCodes.Conflict,
            413 => ProblemCodes.TooLarge,
            415 => ProblemCodes.UnsupportedMediaType,
            429 => ProblemCodes.RateLimited,
            >= 500 => ProblemCodes.ServerError,
            _ => ProblemCodes.Error,
        };
}
