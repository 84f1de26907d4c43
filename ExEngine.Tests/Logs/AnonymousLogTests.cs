using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Logs;

[NeedsServer]
public sealed class AnonymousLogTests
{
    private const int Budget = 20;

    [Fact]
    public async Task FloodOfBadRequests_WritesItsBudgetAndOneLine()
    {
        using var directory = new TempDirectory();
        await using var app = new AppFactory
        {
            ["Data:Directory"] = directory["data"],
            ["Logs:AnonymousLinesPerMinute"] = Budget.ToString(CultureInfo.InvariantCulture),
            ["Gateway:Enabled"] = "false",
            ["Users:HashMemoryKib"] = "1024",
        };
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = app.Address };
        using var trader = await ApiClient.SignUpAsync(app.Address);

        for (var i = 0; i < 60; i++)
        {
            foreach (var request in Bad(i))
            {
                using (request)
                using (await client.SendAsync(request)) { }
            }
        }

        (await trader.GetAsync("/api/webhooks")).EnsureSuccessStatusCode();
        await app.DisposeAsync();

        // On a busy machine the host may be gone a moment before its last lines are in the file.
        await Until.True(() => Read(directory, "exengine-*.jsonl").Exists(IsLeftOut), otherwise: () => Tail(directory));
        var lines = Read(directory, "exengine-*.jsonl");
        var ofRequests = lines.Where(IsOfARequest).ToList();
        ofRequests.Count.ShouldBeLessThanOrEqualTo(2 * Budget, string.Join('\n', ofRequests.Take(50)));
        var leftOut = lines.FindAll(IsLeftOut);
        leftOut.Count.ShouldBeInRange(1, 2);
        leftOut.Sum(Left).ShouldBeGreaterThan(300);
        lines.ShouldContain(l => l.Contains("/api/webhooks", StringComparison.Ordinal), "who is signed in is not counted");
        Read(directory, "security-*.jsonl").Count.ShouldBeLessThanOrEqualTo(Budget + 1);
    }

    private static bool IsLeftOut(string line) => line.Contains("more lines of requests from", StringComparison.Ordinal);

    private static string Tail(TempDirectory directory) => string.Join('\n', Read(directory, "exengine-*.jsonl").TakeLast(5));

    private static IEnumerable<HttpRequestMessage> Bad(int i)
    {
        yield return new(HttpMethod.Post, $"/hooks/unknown{i}") { Content = new StringContent("{}") };
        yield return new(HttpMethod.Get, $"/nowhere/{i}");
        yield return new(HttpMethod.Get, "/api/orders");
        yield return new(HttpMethod.Post, "/api/auth/login") { Content = Json("{\"email\":") };
        yield return new(HttpMethod.Post, "/api/auth/login")
        {
            Content = JsonContent.Create(new { email = $"{i}@a.b", password = "wrong" }),
        };
        yield return new(HttpMethod.Post, "/login") { Content = new FormUrlEncodedContent([new("Input.Email", "x")]) };
        yield return WithCookies(new(HttpMethod.Get, "/login"));
        yield return WithCookies(
            new(HttpMethod.Post, "/login") { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", "x")]) }
        );
        yield return new(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=x");
        yield return new(HttpMethod.Get, "/api/orders") { Headers = { { "Authorization", "Bearer made-up" } } };
    }

    private static HttpRequestMessage WithCookies(HttpRequestMessage request)
    {
        request.Headers.Add("Cookie", "exengine.session=CfDJ8AAAA; .AspNetCore.Antiforgery=CfDJ8BBBB; exengine.antiforgery=CfDJ8CCCC");
        return request;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static List<string> Read(TempDirectory directory, string pattern) =>
        [.. Directory.GetFiles(System.IO.Path.Combine(directory["data"], "logs"), pattern).SelectMany(File.ReadAllLines)];

    // Everything that was written while a request was handled carries its id; the trader's names its user.
    private static bool IsOfARequest(string line)
    {
        var properties = JsonDocument.Parse(line).RootElement.GetProperty("Properties");
        return properties.TryGetProperty("RequestId", out _)
            && !(properties.TryGetProperty("UserId", out var user) && user.GetString() is { Length: > 1 });
    }

    private static long Left(string line) => JsonDocument.Parse(line).RootElement.GetProperty("Properties").GetProperty("Lines").GetInt64();
}
