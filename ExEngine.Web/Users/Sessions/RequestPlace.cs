namespace ExEngine.Web.Users.Sessions;

public static class RequestPlace
{
    /// <summary>The address that a request came from, for its sender to recognise.</summary>
    public static string Place(this HttpContext context) =>
        context.Connection.RemoteIpAddress is not { } address ? "unknown"
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
        : address.ToString();
}
