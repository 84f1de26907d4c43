namespace ExEngine.Web.Network;

public static class HostingAddress
{
    /// <summary>Where the product listens when nobody says otherwise.</summary>
    public const string Default = "http://localhost:5080";

    public static void UseAddressAndAssets(this WebApplicationBuilder builder)
    {
        var configured = new[] { "urls", "http_ports", "https_ports", "Kestrel:Endpoints" };
        if (!configured.Any(key => builder.Configuration.GetSection(key).Exists()))
        {
            builder.WebHost.UseUrls(Default);
        }

        // Outside Development the files of packages are only found in a published folder; "dotnet run" has them too.
        builder.WebHost.UseStaticWebAssets();
    }
}
