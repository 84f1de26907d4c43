using System.Globalization;
using System.Security.Claims;
using ExEngine.Core.Data;

namespace ExEngine.Web.Users.Sessions;

/// <summary>What a cookie or token says about its session.</summary>
public static class SessionClaims
{
    private const string Id = "sid";
    private const string Generation = "gen";

    public static IEnumerable<Claim> Of(UserSession session) =>
        [new(Id, session.Id.ToString("N")), new(Generation, session.Generation.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Null for what was issued before sessions were rows: it is over.</summary>
    public static Guid? SessionIdOrNull(this ClaimsPrincipal principal) =>
        Guid.TryParseExact(principal.FindFirstValue(Id), "N", out var id) ? id : null;

    /// <summary>Which of the refresh tokens of its session it came with; -1 for none.</summary>
    public static int SessionGeneration(this ClaimsPrincipal principal) =>
        int.TryParse(principal.FindFirstValue(Generation), CultureInfo.InvariantCulture, out var generation) ? generation : -1;
}
