using Microsoft.AspNetCore.Authentication.Cookies;

namespace ExEngine.Web.Users;

/// <summary>
/// Over HTTPS our cookies are called <c>__Host-…</c>: browsers take such a name only from this very host, over HTTPS and for all of
/// it, so that neither a sibling host nor plain HTTP can plant one. Plain HTTP, as on one's own computer, cannot have that.
/// </summary>
public sealed class CookieNames : ICookieManager
{
    private const string Host = "__Host-";

    private readonly ChunkingCookieManager _inner = new();

    public static string Of(HttpRequest request, string name) => Of(request.IsHttps, name);

    public static string Of(bool https, string name) => https ? Host + name : name;

    public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, Of(context.Request, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _inner.AppendResponseCookie(context, Of(context.Request, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        _inner.DeleteCookie(context, Of(context.Request, key), options);
}
