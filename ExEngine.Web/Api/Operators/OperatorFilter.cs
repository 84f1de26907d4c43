using ExEngine.Web.Users;
using ExEngine.Web.Users.Operators;
using ExEngine.Web.Users.Sessions;

namespace ExEngine.Web.Api.Operators;

/// <summary>Routes of the operator: to everybody else they do not exist.</summary>
internal static class OperatorFilter
{
    public static RouteGroupBuilder ForOperators(this RouteGroupBuilder group) =>
        group.AddEndpointFilter(
            async (context, next) =>
            {
                var http = context.HttpContext;
                var rights = http.RequestServices.GetRequiredService<OperatorRights>();
                return await rights.HasAsync(http.User.UserId(), http.RequestAborted) ? await next(context) : TypedResults.NotFound();
            }
        );

    /// <summary>Who acts, and what this server is called where they are.</summary>
    public static Actor Actor(this HttpContext context) =>
        new(context.User.UserId(), context.Place(), $"{context.Request.Scheme}://{context.Request.Host}");
}
