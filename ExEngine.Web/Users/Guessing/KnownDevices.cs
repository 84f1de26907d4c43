using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace ExEngine.Web.Users.Guessing;

/// <summary>
/// Browsers that somebody signed in with before: a cookie that names the user (as a digest) and the device, sealed. It opens nothing;
/// it sets its owner apart from strangers who guess at the same name, so that those cannot lock the owner out.
/// </summary>
public sealed class KnownDevices(IDataProtectionProvider protection)
{
    public const string Cookie = "exengine.device";

    /// <summary>Users of one browser that are remembered; the longest unseen goes first.</summary>
    private const int MaxUsers = 5;

    private static readonly TimeSpan Life = TimeSpan.FromDays(365);

    private readonly IDataProtector _protector = protection.CreateProtector("ExEngine.KnownDevice.v1");

    /// <returns>A name for this device of this user; null when they have not signed in with it.</returns>
    public string? Find(HttpContext context, string userName)
    {
        var digest = SignInHistory.Digest(userName);
        return Read(context).Where(e => e.User == digest).Select(e => e.Device).FirstOrDefault();
    }

    /// <summary>Called when somebody has signed in.</summary>
    public void Remember(HttpContext context, string userName)
    {
        var digest = SignInHistory.Digest(userName);
        var known = Read(context);
        var device = known.Where(e => e.User == digest).Select(e => e.Device).FirstOrDefault() ?? RandomNumberGenerator.GetHexString(32);
        var entries = known.Where(e => e.User != digest).Prepend((digest, device)).Take(MaxUsers);
        context.Response.Cookies.Append(
            CookieNames.Of(context.Request, Cookie),
            _protector.Protect(string.Join(';', entries.Select(e => $"{e.Item1} {e.Item2}"))),
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                MaxAge = Life,
                Path = "/",
                IsEssential = true,
            }
        );
    }

    private List<(string User, string Device)> Read(HttpContext context)
    {
        if (context.Request.Cookies[CookieNames.Of(context.Request, Cookie)] is not { Length: > 0 and < 2048 } cookie)
        {
            return [];
        }

        try
        {
            return
            [
                .. _protector.Unprotect(cookie).Split(';').Select(e => e.Split(' ')).Where(e => e.Length == 2).Select(e => (e[0], e[1])),
            ];
        }
        catch (CryptographicException)
        {
            // Made up, or of a key ring that is gone: a device like any other.
            return [];
        }
    }
}
