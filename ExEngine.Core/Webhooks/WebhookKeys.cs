using ExEngine.Core.Data;

namespace ExEngine.Core.Webhooks;

/// <summary>
/// Puts the token and the secret of a webhook into its row, sealed, and takes them out for the webhook and for a test alert.
/// </summary>
public sealed class WebhookKeys(SecretSealer sealer)
{
    public void Issue(Webhook webhook, string token, string secret)
    {
        webhook.TokenHash = WebhookToken.Hash(token);
        webhook.TokenSealed = sealer.Seal(Place(webhook, "Token"), token);
        webhook.SecretSealed = sealer.Seal(Place(webhook, "Secret"), secret);
    }

    /// <summary>A new secret for the same token; what is left of a rotation ends, because it belongs to another way to sign.</summary>
    public void Replace(Webhook webhook, string secret)
    {
        EndRotation(webhook);
        webhook.SecretSealed = sealer.Seal(Place(webhook, "Secret"), secret);
    }

    /// <param name="previousUntil">UTC instant at which the present pair stops to open the webhook.</param>
    public void Rotate(Webhook webhook, string token, string secret, DateTime previousUntil)
    {
        webhook.PreviousTokenHash = webhook.TokenHash;
        webhook.PreviousSecretSealed = sealer.Seal(Place(webhook, "PreviousSecret"), OpenSecret(webhook));
        webhook.PreviousUntil = previousUntil;
        Issue(webhook, token, secret);
    }

    public static void EndRotation(Webhook webhook)
    {
        webhook.PreviousTokenHash = null;
        webhook.PreviousSecretSealed = null;
        webhook.PreviousUntil = null;
    }

    /// <summary>Leaves a hash that no token has.</summary>
    public static void Wipe(Webhook webhook)
    {
        EndRotation(webhook);
        webhook.TokenHash = WebhookToken.Hash(WebhookToken.New());
        webhook.TokenSealed = "";
        webhook.SecretSealed = "";
    }

    public string OpenToken(Webhook webhook) => sealer.Open(Place(webhook, "Token"), webhook.TokenSealed);

    public string OpenSecret(Webhook webhook) => sealer.Open(Place(webhook, "Secret"), webhook.SecretSealed);

    /// <summary>Null unless it is rotating.</summary>
    public string? OpenPreviousSecret(Webhook webhook) =>
        webhook.PreviousSecretSealed is { } previous ? sealer.Open(Place(webhook, "PreviousSecret"), previous) : null;

    private static SecretPlace Place(Webhook webhook, string field) => new(nameof(Webhook), webhook.UserId, webhook.Id, field);
}
