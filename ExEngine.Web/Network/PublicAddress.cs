using ExEngine.Core.Webhooks;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Network;

/// <summary>
/// Where this server is reached from outside: for every link and URL that it hands out. It is what <c>PublicUrl</c> says, else the address
/// that the request came to, which <c>AllowedHosts</c> bounds.
/// </summary>
public sealed class PublicAddress(IOptions<PublicUrlOptions> options, IOptions<WebhookOptions> webhooks)
{
    /// <summary>For people, such as links that invite or reset a password; without a slash at the end.</summary>
    /// <param name="seenAs">The address in the browser; null where there is none, as on the command line.</param>
    /// <returns>Null when nothing says it.</returns>
    public string? ForPeople(string? seenAs) => (Stated ?? webhooks.Value.PublicUrl ?? seenAs)?.TrimEnd('/');

    /// <summary>For what sends alerts: <c>Webhooks:PublicUrl</c> where that is another address.</summary>
    public string ForSenders(string seenAs) => (webhooks.Value.PublicUrl ?? Stated ?? seenAs).TrimEnd('/');

    public string ForSenders(HttpRequest request) => ForSenders(Of(request));

    /// <returns>Why TradingView cannot send to this server, and what to do; null when nothing speaks against it.</returns>
    public string? SenderProblem(string seenAs) => SenderReach.Problem(ForSenders(seenAs));

    private string? Stated => options.Value.PublicUrl is { Length: > 0 } stated ? stated : null;

    /// <summary>The address that a request came to.</summary>
    public static string Of(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";
}
