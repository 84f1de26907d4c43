using ExEngine.Core.Webhooks;
using ExEngine.Web.Webhooks;

namespace ExEngine.Web.Api;

/// <summary>Makes <see cref="WebhookView"/>s, with today's counts and, where they are new, URL and secret.</summary>
public sealed class WebhookViews(WebhookActivity activity, WebhookUrls urls, IHttpContextAccessor http, TimeProvider time)
{
    public async Task<Func<Webhook, WebhookView>> ForAsync(Guid userId, Guid? webhookId, CancellationToken cancellationToken)
    {
        var today = await activity.TodayAsync(userId, webhookId, cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        return webhook => WebhookView.Of(webhook, today.GetValueOrDefault(webhook.Id), now);
    }

    public async Task<WebhookView> OfAsync(WebhookResult answer, CancellationToken cancellationToken)
    {
        var webhook = answer switch
        {
            WebhookResult.Done done => done.Webhook,
            WebhookResult.Issued issued => issued.Webhook,
            _ => throw new InvalidOperationException(answer.ToString()),
        };
        var failures = await activity.FailuresAsync(webhook.UserId, webhook.Id, cancellationToken);
        var view = (await ForAsync(webhook.UserId, webhook.Id, cancellationToken))(webhook) with
        {
            RefusedSenders = [.. failures.Select(f => new RefusedSenderView(f.Failure, f.Count, f.Since, f.LastAt, f.LastFrom))],
        };
        return answer is WebhookResult.Issued fresh
            ? view with
            {
                Url = fresh.Token is null ? null : urls.Of(fresh.Token, http.HttpContext!.Request),
                Secret = fresh.Secret,
            }
            : view;
    }
}
