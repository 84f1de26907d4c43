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
