using System.Globalization;
using System.Reflection;
using System.Text.Json;
using ExEngine.Core.Markets;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace ExEngine.Web.Webhooks;

/// <summary>Writes an <see cref="IntakeResult"/>: two fields on success, problem details (RFC 9457) otherwise.</summary>
public sealed class IntakeHttpResult(IntakeResult? answer) : IResult, IEndpointMetadataProvider
{
    // One body for every way to fail, so that it tells a stranger nothing.
    private static readonly Problem Unauthorized = new(
        401,
        ProblemCodes.Unauthenticated,
        "Not authenticated",
        "The URL, the signature or the secret is not right. Check the address, the secret, the sender's clock and the source IP list."
    );

    private static readonly Problem OwnerDisabled = new(
        403,
        ProblemCodes.UserDisabled,
        "User disabled",
        "An operator has disabled the user whose webhook this is, so no alert is taken. What is held stays protected."
    );

    private static readonly Problem PayloadTooLarge = new(
        413,
        ProblemCodes.TooLarge,
        "Body too large",
        $"An alert may have at most {IntakeEndpoints.BodyLimit} bytes. Send a shorter message."
    );

    private static readonly Problem ComeAgain = new(
        503,
        ProblemCodes.Unavailable,
        "Not stored",
        "The alert could not be stored in time. Send it again; it will not count twice."
    );

    private static readonly Problem TooMany = new(
        429,
        ProblemCodes.RateLimited,
        "Too many alerts",
        "This webhook's rate limit is reached. Send fewer alerts, or raise the webhook's limit."
    );

    public static IntakeHttpResult TooLarge { get; } = new(null);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(202, typeof(Receipt), ["application/json"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(Receipt), ["application/json"]));
        foreach (var status in new[] { 400, 401, 403, 413, 422, 429, 503 })
        {
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
        }
    }

    public Task ExecuteAsync(HttpContext httpContext) =>
        answer?.Outcome switch
        {
            null => WriteAsync(httpContext, PayloadTooLarge),
            IntakeOutcome.Accepted => WriteAsync(httpContext, 202, "accepted"),
            IntakeOutcome.Duplicate => WriteAsync(httpContext, 200, "duplicate"),
            IntakeOutcome.Stale => WriteAsync(httpContext, 200, "stale"),
            IntakeOutcome.Unreadable => WriteAsync(httpContext, Unreadable(answer)),
            IntakeOutcome.Refused => WriteAsync(httpContext, Refused(answer, answer.Refusal!)),
            IntakeOutcome.Unauthenticated => WriteAsync(httpContext, Unauthorized),
            IntakeOutcome.OwnerDisabled => WriteAsync(httpContext, OwnerDisabled),
            IntakeOutcome.RateLimited => WriteAsync(httpContext, TooMany),
            IntakeOutcome.RateLimitedComeAgain => WriteAsync(httpContext, TooMany with { Status = 503 }),
            IntakeOutcome.DailyCap => WriteAsync(httpContext, Capped(answer.Cap!)),
            _ => WriteAsync(httpContext, ComeAgain),
        };

    private static Problem Capped(DailyCapReached reached) =>
        new(
            429,
            reached.Code,
            "Too many alerts today",
            reached.Code == ProblemCodes.TooManyAlertsToday
                ? $"The webhooks of this user took {reached.Cap} alerts today, as many as this server allows. The day ends at midnight UTC."
                : $"The alerts of this user came to {reached.Cap} bytes today, or would with this one: as many as this server allows. The day ends at midnight UTC."
        )
        {
            Limit = reached.Cap.ToString(CultureInfo.InvariantCulture),
        };

    private static Problem Unreadable(IntakeResult answer) =>
        new(
            400,
            SignalCodes.PayloadInvalid,
            "Alert not understood",
            "The alert is kept as refused. Correct the fields below and send it again."
        )
        {
            SignalId = answer.SignalId,
            Errors = answer.Errors.GroupBy(e => e.Field).ToDictionary(g => g.Key, g => g.Select(e => e.Message).ToArray()),
        };

    private static Problem Refused(IntakeResult answer, OrderRefusal refusal) =>
        new(422, refusal.Code, "Alert refused", refusal.Message)
        {
            SignalId = answer.SignalId,
            Field = refusal.Field,
            Asked = refusal.Asked,
            Limit = refusal.Limit,
            Nearest = refusal.Nearest,
        };

    private Task WriteAsync(HttpContext context, int status, string word)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var body = JsonSerializer.SerializeToUtf8Bytes(new Receipt(answer!.SignalId, word), ExactJson.Options);
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, 0, body.Length, context.RequestAborted);
    }

    private Task WriteAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = "application/problem+json";
        if (answer is { RetryAfter: { Ticks: > 0 } wait })
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(problem, ExactJson.Options);
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, 0, body.Length, context.RequestAborted);
    }

    private sealed record Receipt(Guid Id, string Status);

    private sealed record Problem(int Status, string Code, string Title, string Detail)
    {
        public Guid? SignalId { get; init; }
        public IReadOnlyDictionary<string, string[]>? Errors { get; init; }
        public string? Field { get; init; }
        public string? Asked { get; init; }
        public string? Limit { get; init; }
        public IReadOnlyList<string>? Nearest { get; init; }
    }
}
