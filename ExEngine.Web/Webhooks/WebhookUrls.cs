using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Web.Network;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Webhooks;

/// <summary>Where a webhook is, seen from the sender and seen from this server.</summary>
public sealed class WebhookUrls(IOptions<WebhookOptions> options, PublicAddress address, IServer server, IConfiguration configuration)
{
    /// <summary>The URL to paste: at <c>PublicUrl</c>, or at the address that this request came to.</summary>
    public string Of(string token, HttpRequest request) => $"{address.ForSenders(request)}/hooks/{token}";

    /// <param name="seenAs">The address in the browser, used unless <c>PublicUrl</c> is set.</param>
    public string Of(string token, string seenAs) => $"{address.ForSenders(seenAs)}/hooks/{token}";

    /// <summary>
    /// The source addresses of a webhook for which nobody has chosen any. A webhook whose address only this machine knows is called from
    /// here as well. Where alerts come to is what decides, not who asks: behind a proxy everybody may seem to be this machine.
    /// </summary>
    public IReadOnlyList<string> UsualAddresses(WebhookSender sender, string seenAs) =>
        !IsLocal(seenAs) ? SourceAddresses.Usual(sender)
        : bool.TryParse(configuration["DOTNET_RUNNING_IN_CONTAINER"], out var isContainer) && isContainer
            ? SourceAddresses.Usual(sender, [.. SourceAddresses.ThisMachine, .. SourceAddresses.HostOfContainer])
        : SourceAddresses.Usual(sender, SourceAddresses.ThisMachine);

    /// <summary>What a script stated, with these where it stated none.</summary>
    /// <param name="stored">The webhook that is changed; null for a new one.</param>
    public WebhookInput WithAddresses(WebhookInput input, Webhook? stored, HttpRequest request) =>
        input with
        {
            AllowedIps =
                input.AllowedIps ?? UsualAddresses(input.Sender ?? stored?.Sender ?? WebhookSender.Other, PublicAddress.Of(request)),
        };

    /// <summary>Whether alerts come to an address that only this machine knows.</summary>
    public bool IsLocal(string seenAs) => SenderReach.IsThisMachine(address.ForSenders(seenAs));

    /// <returns>Why TradingView cannot send to this server, and what to do; null when nothing speaks against it.</returns>
    public string? TradingViewProblem(string seenAs) => address.SenderProblem(seenAs);

    /// <returns>Why the webhook's sender cannot reach its URL, and what to do; null when nothing speaks against it.</returns>
    public string? Problem(Webhook webhook, string seenAs) =>
        webhook.Sender == WebhookSender.TradingView ? address.SenderProblem(seenAs) : null;

    /// <summary>The webhook on this very server; null when it does not know where it listens.</summary>
    public Uri? Loopback(string token)
    {
        var address =
            options.Value.LoopbackUrl
            ?? server
                .Features.Get<IServerAddressesFeature>()
                ?.Addresses.OrderBy(a => a.StartsWith("https", StringComparison.OrdinalIgnoreCase))
                .FirstOrDefault();
        return address is null ? null : new Uri($"{Reachable(address).TrimEnd('/')}/hooks/{token}");
    }

    // "Every address" is where one listens, not where one can be called.
    private static string Reachable(string address)
    {
        foreach (var any in new[] { "://[::]", "://0.0.0.0", "://+", "://*" })
        {
            address = address.Replace(any, any == "://[::]" ? "://[::1]" : "://127.0.0.1", StringComparison.Ordinal);
        }

        return address;
    }
}
