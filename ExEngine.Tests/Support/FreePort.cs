using System.Net;
using System.Net.Sockets;

namespace ExEngine.Tests.Support;

/// <summary>For servers that cannot pick a port themselves.</summary>
public static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
