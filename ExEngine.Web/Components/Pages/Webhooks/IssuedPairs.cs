namespace ExEngine.Web.Components.Pages.Webhooks;

/// <summary>
/// What was told once: the new URLs and secrets of this browser tab, so that the page after creating or rotating can show
/// them. In memory of the circuit only; gone with a reload.
/// </summary>
public sealed class IssuedPairs
{
    private readonly Dictionary<Guid, IssuedPair> _pairs = [];

    public void Put(Guid webhookId, string? url, string secret) =>
        _pairs[webhookId] = new(url ?? _pairs.GetValueOrDefault(webhookId)?.Url, secret);

    public IssuedPair? Find(Guid webhookId) => _pairs.GetValueOrDefault(webhookId);
}

/// <param name="Url">Null when only the secret is new.</param>
public sealed record IssuedPair(string? Url, string Secret)
{
    public override string ToString() => nameof(IssuedPair);
}
