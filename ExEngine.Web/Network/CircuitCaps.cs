using System.Collections.Concurrent;
using System.Data.Common;
using ExEngine.Core.Events;
using ExEngine.Core.RateLimits;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Web.Users;
using ExEngine.Web.Users.Sessions;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Network;

/// <summary>
/// Lets circuits be opened by who is signed in alone, so many a user and an address, and closes the connection of one whose session
/// ended. Pages that are reachable without signing in have none.
/// </summary>
public sealed class CircuitCaps(
    RequestDelegate next,
    IOptions<CircuitCapOptions> caps,
    IOptions<UserOptions> users,
    LocalRateLimiter limiter,
    LiveSessions sessions,
    ChangeFeed feed,
    TimeProvider time
)
{
    // A connection that was asked for and not opened is kept so long by SignalR.
    private static readonly TimeSpan Reserved = TimeSpan.FromSeconds(15);

    // The page's own way to the sign-in page comes first.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, int> _open = new();

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/_blazor", out var rest) || rest == "/initializers")
        {
            return next(context);
        }

        if (context.User.UserIdOrNull() is not { } userId)
        {
            return RefuseAsync(context, StatusCodes.Status401Unauthorized, "Sign in first: pages are live for who is signed in.");
        }

        var user = $"circuit:user:{userId:N}";
        var address = $"circuit:address:{SourceAddresses.Subscriber(context.Connection.RemoteIpAddress)}";
        if (rest == "/negotiate")
        {
            return MayAsk(user, caps.Value.PerUser) && MayAsk(address, caps.Value.PerAddress) ? next(context) : TooManyAsync(context);
        }

        return !rest.HasValue && !HttpMethods.IsPost(context.Request.Method) && !HttpMethods.IsDelete(context.Request.Method)
            ? HoldAsync(context, userId, user, address)
            : next(context);
    }

    private bool MayAsk(string who, int cap) => limiter.Acquire(who, (2 * cap) + 10, Reserved).Allowed;

    // As long as this request lasts, the connection does.
    private async Task HoldAsync(HttpContext context, Guid userId, string user, string address)
    {
        var (ofUser, ofAddress) = (Add(user, 1), Add(address, 1));
        try
        {
            if (ofUser > caps.Value.PerUser || ofAddress > caps.Value.PerAddress)
            {
                await TooManyAsync(context);
                return;
            }

            using var closed = new CancellationTokenSource();
            var watching = CloseWithSessionAsync(context, userId, closed.Token);
            try
            {
                await next(context);
            }
            finally
            {
                await closed.CancelAsync();
                await watching;
            }
        }
        finally
        {
            Add(user, -1);
            Add(address, -1);
        }
    }

    private int Add(string who, int more)
    {
        var count = _open.AddOrUpdate(who, more, (_, open) => open + more);
        if (count <= 0)
        {
            _open.TryRemove(KeyValuePair.Create(who, 0));
        }

        return count;
    }

    private async Task CloseWithSessionAsync(HttpContext context, Guid userId, CancellationToken closed)
    {
        using var changed = new SemaphoreSlim(0);
        using var subscription = feed.Subscribe(
            userId,
            e =>
            {
                if (e.Kind == ChangeKind.Session)
                {
                    Release(changed);
                }
            }
        );
        try
        {
            var period = TimeSpan.FromSeconds(users.Value.RevalidateSeconds);
            do
            {
                await changed.WaitAsync(period, closed);
            } while (await MayStayAsync(context, closed));

            await Task.Delay(Grace, time, closed);
            context.Abort();
        }
        catch (OperationCanceledException)
        {
            // It was closed.
        }
    }

    private static void Release(SemaphoreSlim changed)
    {
        try
        {
            changed.Release();
        }
        catch (ObjectDisposedException)
        {
            // It was closed at this moment.
        }
    }

    // While the database does not answer, RevocableAuthenticationState says how long the page keeps its rights.
    private async ValueTask<bool> MayStayAsync(HttpContext context, CancellationToken closed)
    {
        try
        {
            return await sessions.IsCurrentAsync(context.User, null, closed);
        }
        catch (Exception e) when (e is DbException or TimeoutException or InvalidOperationException)
        {
            return true;
        }
    }

    private static Task TooManyAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "30";
        return RefuseAsync(
            context,
            StatusCodes.Status429TooManyRequests,
            "Too many pages are open. Close some, or ask the operator for more (Circuits:PerUser, Circuits:PerAddress)."
        );
    }

    private static Task RefuseAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
