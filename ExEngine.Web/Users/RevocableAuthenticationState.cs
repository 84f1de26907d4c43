using System.Data.Common;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Users;

/// <summary>
/// Takes an open page's rights away soon after they were revoked. While the database does not answer the page keeps them for
/// at most a minute after the last check that succeeded.
/// </summary>
public sealed class RevocableAuthenticationState(
    ILoggerFactory loggers,
    SecurityStamps stamps,
    IOptions<UserOptions> options,
    TimeProvider time
) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    // The request that opened the page was checked.
    private long _checkedAt = time.GetTimestamp();

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(options.Value.RevalidateSeconds);

    /// <summary>Whether the page may go on.</summary>
    public async Task<bool> MayStayAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        try
        {
            var current = await stamps.IsCurrentAsync(user, cancellationToken);
            _checkedAt = time.GetTimestamp();
            return current;
        }
        catch (Exception e) when (e is DbException or TimeoutException or InvalidOperationException)
        {
            return time.GetElapsedTime(_checkedAt) < Grace;
        }
    }

    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState,
        CancellationToken cancellationToken
    ) => MayStayAsync(authenticationState.User, cancellationToken);
}
