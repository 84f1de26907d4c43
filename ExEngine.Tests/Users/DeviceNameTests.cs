using ExEngine.Core.Data;
using ExEngine.Web.Users.Sessions;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

public sealed class DeviceNameTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36", "Chrome on Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15", "Safari on macOS")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1", "Safari on iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("curl/8.5.0", "curl")]
    [InlineData("python-requests/2.32.3", "python-requests")]
    [InlineData("<script>alert(1)</script>", "scriptalert1")]
    [InlineData("", "A program")]
    [InlineData(null, "A program")]
    public void UserAgent_IsCalledAsItsOwnerWould(string? userAgent, string name) => DeviceName.Of(userAgent).ShouldBe(name);

    [Fact]
    public void LongUserAgent_FitsItsColumn() => DeviceName.Of(new string('a', 5_000)).Length.ShouldBe(UserSession.MaxText);
}
