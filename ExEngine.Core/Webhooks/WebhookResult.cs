namespace ExEngine.Core.Webhooks;

/// <summary>What became of a request to change a webhook.</summary>
public abstract record WebhookResult
{
    public sealed record Done(Webhook Webhook) : WebhookResult;

    /// <summary>There is a new pair, or a new secret for the token that stays; this is the only time that they are told.</summary>
    /// <param name="Token">Null when the URL stays as it is.</param>
    public sealed record Issued(Webhook Webhook, string? Token, string Secret) : WebhookResult
    {
        // A record prints its properties; these would end up in a log.
        public override string ToString() => $"Issued for {Webhook.Id}";
    }

    /// <summary>Someone else's webhook answers like one that does not exist.</summary>
    public sealed record NotFound : WebhookResult;

    /// <param name="Errors">Messages per property of <see cref="WebhookInput"/>.</param>
    public sealed record Invalid(IDictionary<string, string[]> Errors) : WebhookResult;

    /// <summary>Not made: the user has as many as the operator allows (<c>Caps:WebhooksPerUser</c>).</summary>
    public sealed record CapReached(int Cap) : WebhookResult
    {
        public string Message => $"You have {Cap} webhooks, as many as this server allows. Delete one, or ask its operator for more.";
    }
}
