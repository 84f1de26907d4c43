using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

/// <summary>What a browser has to load before it shows something, as it goes over the line.</summary>
[NeedsServer]
public sealed partial class PageWeightTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private const int MostBytes = 350_000;

    [Fact]
    public async Task SignInPage_IsLight()
    {
        using var client = new HttpClient { BaseAddress = app.App.Address };
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        using var plain = new HttpClient { BaseAddress = app.App.Address };
        var html = await plain.GetStringAsync("/account/sign-in");
        var addresses = Loaded().Matches(html).Select(m => m.Groups[1].Value).ToHashSet();
        foreach (var sheet in addresses.Where(a => a.EndsWith(".css", StringComparison.Ordinal)).ToList())
        {
            addresses.UnionWith(Fonts().Matches(await plain.GetStringAsync(sheet)).Select(m => m.Groups[1].Value));
        }

        addresses.ShouldContain(a => a.Contains("MudBlazor.min", StringComparison.Ordinal));
        addresses.Count(a => a.EndsWith(".woff2", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(2);
        var weights = new Dictionary<string, int> { ["page"] = (await client.GetByteArrayAsync("/account/sign-in")).Length };
        foreach (var address in addresses)
        {
            weights[address] = (await client.GetByteArrayAsync(address)).Length;
        }

        var most = string.Join('\n', weights.OrderByDescending(w => w.Value).Select(w => $"{w.Value} {w.Key}"));
        weights.Values.Sum().ShouldBeLessThan(MostBytes, most);
        TestContext.Current.TestOutputHelper?.WriteLine($"{weights.Values.Sum()} bytes\n{most}");
    }

    // Not the icons of an installed product, which a browser fetches when it is installed.
    [GeneratedRegex("""(?:href|src)="([^"]+\.(?:css|js|svg))[ "]""")]
    private static partial Regex Loaded();

    [GeneratedRegex("""url\("?([^")]+\.woff2)"?\)""")]
    private static partial Regex Fonts();
}
