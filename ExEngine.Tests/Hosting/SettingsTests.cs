using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Hosting;

[NeedsServer]
public sealed class SettingsTests
{
    [Fact]
    public async Task SeveralWrongSettings_AreToldAllAtOnceByName()
    {
        await using var app = new AppProcess
        {
            ["Data:StartTimeout"] = "01:00:00",
            ["Data:Directoy"] = "elsewhere",
            ["Redis:Timeout"] = "soon",
            ["RateLimits:Webhook:Permits"] = "0",
            ["RateLimits:Auth:PermitsPerIp"] = "0",
            ["ConnectionStrings:Redis"] = "localhost:6379,nonsense=1",
            ["DataProtection:CertificatePath"] = "/nowhere.p12",
            ["Mail:Host"] = "mail.example",
            ["Mail:User"] = "somebody",
            ["Mail:Security"] = "None",
        };

        app.Launch();

        (await app.WaitForExitAsync()).ShouldBe(1);
        foreach (
            var name in new[]
            {
                "Data:StartTimeout",
                "Data:Directoy is not a setting",
                "RateLimits:Webhook:Permits:",
                "RateLimits:Auth:PermitsPerIp:",
                "'soon' at 'Redis:Timeout'",
                "ConnectionStrings:Redis cannot be read",
                "DataProtection:CertificatePath",
                "Mail:From is needed",
                "PublicUrl is needed with Mail:Host",
                "Mail:Security=None would send Mail:Password in the clear",
            }
        )
        {
            app.Log.ShouldContain(name);
        }

        app.Log.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task PortInUse_IsToldInWords()
    {
        await using var first = new AppProcess();
        await first.StartAsync();
        await using var second = new AppProcess { ["ASPNETCORE_URLS"] = first.Address.ToString() };

        second.Launch();

        (await second.WaitForExitAsync()).ShouldBe(1);
        second.Log.ShouldContain("ASPNETCORE_URLS");
        second.Log.ShouldNotContain("   at ");
    }
}
