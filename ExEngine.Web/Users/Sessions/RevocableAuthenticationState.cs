using System.Data.Common;
using System.Security.Claims;
using ExEngine.Core.Events;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Users.Sessions;

/// <summary>
/// Takes an open page's rights away when its session ends: at once when the change feed tells, else at the next look. While the database
/// does not answer the page keeps them for at most a minute after the last check that succeeded.
/// </summary>
public sealed class RevocableAuthenticationState : RevalidatingServerAuthenticationStateProvider
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    private readonly LiveSessions _sessions;
    private readonly ChangeFeed _feed;
    private readonly IOptions<UserOptions> _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ended = new();
    private IDisposable? _subscription;
    private Guid? _userId;

    // The request that opened the page was checked.
    private long _checkedAt;

    public RevocableAuthenticationState(
        ILoggerFactory loggers,
        LiveSessions sessions,
        ChangeFeed feed,
        IOptions<UserOptions> options,
        TimeProvider time
    )
        : base(loggers)
    {
        (_sessions, _feed, _options, _time, _checkedAt) = (sessions, feed, options, time, time.GetTimestamp());
        AuthenticationStateChanged += Follow;
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(_options.Value.RevalidateSeconds);

    /// <summary>Whether the page may go on.</summary>
    public async Task<bool> MayStayAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        try
        {
            var current = await _sessions.IsCurrentAsync(user, null, cancellationToken);
            _checkedAt = _time.GetTimestamp();
            return current;
        }
        catch (Exception e) when (e is DbException or TimeoutException or InvalidOperationException)
        {
            return _time.GetElapsedTime(_checkedAt) < Grace;
        }
    }

    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState,
        CancellationToken cancellationToken
    ) => MayStayAsync(authenticationState.User, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        AuthenticationStateChanged -= Follow;
        _subscription?.Dispose();
        _ended.Cancel();
        _ended.Dispose();
        base.Dispose(disposing);
    }

    private async void Follow(Task<AuthenticationState> state)
    {
        var user = (await state).User;
        var userId = user.UserIdOrNull();
        if (userId == _userId || _ended.IsCancellationRequested)
        {
            return;
        }

        _subscription?.Dispose();
        (_userId, _subscription) = (
            userId,
            userId is { } id
                ? _feed.Subscribe(
                    id,
                    e =>
                    {
                        if (e.Kind == ChangeKind.Session)
                        {
                            // Not on the publisher's thread.
                            _ = Task.Run(() => LookAsync(user));
                        }
                    }
                )
                : null
        );
    }

    private async Task LookAsync(ClaimsPrincipal user)
    {
        try
        {
            if (!await MayStayAsync(user, _ended.Token))
            {
                SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page was closed.
        }
    }
}
