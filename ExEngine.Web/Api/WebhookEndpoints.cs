using ExEngine.Core.Markets;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Web.Api.Auth;
using ExEngine.Web.Users;
using ExEngine.Web.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api;

/// <summary><c>/api/webhooks</c>: the webhooks of the user. URL and secret are answered once, when they are new.</summary>
public static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        var webhooks = api.MapGroup("/webhooks").WithTags("Webhooks");
        webhooks.MapGet("", ListAsync);
        webhooks.MapPost("", CreateAsync).NeedsConfirmation();
        webhooks.MapPost("preview", PreviewAsync);
        webhooks.MapGet("{id:guid}", GetAsync);
        webhooks.MapPut("{id:guid}", UpdateAsync).NeedsConfirmation(IssuesSecretAsync);
        webhooks.MapDelete("{id:guid}", DeleteAsync);
        webhooks.MapPost("{id:guid}/rotate", RotateAsync).NeedsConfirmation();
        webhooks.MapPost("{id:guid}/rotate/end", EndRotationAsync);
        webhooks.MapPost("{id:guid}/test", TestAsync);
    }

    // Another way to authenticate brings a new secret; everything else gives nobody access.
    private static async ValueTask<bool> IssuesSecretAsync(EndpointFilterInvocationContext context)
    {
        var http = context.HttpContext;
        var (input, id) = (context.Arguments.OfType<WebhookInput>().Single(), context.Arguments.OfType<Guid>().Single());
        var service = http.RequestServices.GetRequiredService<WebhookService>();
        return await service.FindAsync(http.User.UserId(), id, http.RequestAborted) is { } stored && input.IssuesSecret(stored);
    }

    private static async Task<Ok<ApiList<WebhookView>>> ListAsync(
        CurrentUser user,
        [AsParameters] ApiPage page,
        WebhookService service,
        WebhookViews views,
        CancellationToken cancellationToken
    )
    {
        var rows = await service.ListAsync(user.Id, page.Before, page.TakeAndOne, cancellationToken);
        var view = await views.ForAsync(user.Id, null, cancellationToken);
        return TypedResults.Ok(ApiList.Of(rows, page, w => w.Id.ToString(), view));
    }

    private static async Task<Results<Created<WebhookView>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        CurrentUser user,
        WebhookInput input,
        HttpRequest request,
        WebhookUrls urls,
        WebhookService service,
        WebhookViews views,
        CancellationToken cancellationToken
    ) =>
        await service.CreateAsync(user.Id, urls.WithAddresses(input, null, request), cancellationToken) switch
        {
            WebhookResult.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            WebhookResult.CapReached reached => ApiProblems.Problem(
                StatusCodes.Status409Conflict,
                ProblemCodes.TooManyWebhooks,
                reached.Message,
                ("limit", reached.Cap)
            ),
            WebhookResult.Issued issued => TypedResults.Created(
                $"/api/webhooks/{issued.Webhook.Id}",
                await views.OfAsync(issued, cancellationToken)
            ),
            var other => throw new InvalidOperationException(other.ToString()),
        };

    private static async Task<Ok<PreviewView>> PreviewAsync(
        CurrentUser user,
        PreviewRequest ask,
        SignalPreview preview,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(PreviewView.Of(await preview.OfAsync(user.Id, ask.Input(), ask.Sample ?? "", cancellationToken)));

    private static async Task<Results<Ok<WebhookView>, NotFound>> GetAsync(
        CurrentUser user,
        Guid id,
        WebhookService service,
        WebhookViews views,
        CancellationToken cancellationToken
    ) =>
        await service.FindAsync(user.Id, id, cancellationToken) is { } webhook
            ? TypedResults.Ok(await views.OfAsync(new WebhookResult.Done(webhook), cancellationToken))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<WebhookView>, NotFound, ValidationProblem>> UpdateAsync(
        CurrentUser user,
        Guid id,
        WebhookInput input,
        HttpRequest request,
        WebhookUrls urls,
        WebhookService service,
        WebhookViews views,
        CancellationToken cancellationToken
    ) =>
        await service.UpdateAsync(
            user.Id,
            id,
            input.AllowedIps is null ? urls.WithAddresses(input, await service.FindAsync(user.Id, id, cancellationToken), request) : input,
            cancellationToken
        ) switch
        {
            WebhookResult.NotFound => TypedResults.NotFound(),
            WebhookResult.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            var done => TypedResults.Ok(await views.OfAsync(done, cancellationToken)),
        };

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(
        CurrentUser user,
        Guid id,
        WebhookService service,
        CancellationToken cancellationToken
    ) =>
        await service.DeleteAsync(user.Id, id, cancellationToken) is WebhookResult.NotFound
            ? TypedResults.NotFound()
            : TypedResults.NoContent();

    private static async Task<Results<Ok<WebhookView>, NotFound>> RotateAsync(
        CurrentUser user,
        Guid id,
        WebhookService service,
        WebhookViews views,
        CancellationToken cancellationToken
    ) =>
        await service.RotateAsync(user.Id, id, cancellationToken) switch
        {
            WebhookResult.NotFound => TypedResults.NotFound(),
            var issued => TypedResults.Ok(await views.OfAsync(issued, cancellationToken)),
        };

    private static async Task<Results<Ok<WebhookView>, NotFound>> EndRotationAsync(
        CurrentUser user,
        Guid id,
        WebhookService service,
        WebhookViews views,
        CancellationToken cancellationToken
    ) =>
        await service.EndRotationAsync(user.Id, id, cancellationToken) switch
        {
            WebhookResult.NotFound => TypedResults.NotFound(),
            var done => TypedResults.Ok(await views.OfAsync(done, cancellationToken)),
        };

    private static async Task<Results<Ok<TestAlertResult>, NotFound>> TestAsync(
        CurrentUser user,
        Guid id,
        WebhookService service,
        TestAlert alert,
        CancellationToken cancellationToken
    ) =>
        await service.FindAsync(user.Id, id, cancellationToken) is { } webhook
            ? TypedResults.Ok(await alert.SendAsync(webhook, cancellationToken))
            : TypedResults.NotFound();
}
