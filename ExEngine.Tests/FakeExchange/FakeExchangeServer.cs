using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ExEngine.Tests.FakeExchange;

/// <summary>
/// Speaks Binance's public dialect at its paths. <c>/control</c> is for tests: how often a path was asked, and which paths
/// answer with an error.
/// </summary>
internal static class FakeExchangeServer
{
    private static readonly ConcurrentQueue<string> Asked = new();
    private static readonly ConcurrentDictionary<string, int> Failing = new();

    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var app = builder.Build();
        app.Use(ObeyAsync);
        app.MapGet("/control/asked", () => Asked.ToArray());
        app.MapPost("/control/fail", Fail);
        app.MapPost("/control/reset", Reset);
        app.MapGet("/moved/{**path}", (string path) => Results.Redirect("/" + path));
        app.MapGet("/api/v3/ping", () => Results.Json(new JsonObject()));
        app.MapGet("/api/v3/time", () => new JsonObject { ["serverTime"] = Milliseconds() });
        app.MapGet("/api/v3/exchangeInfo", () => Info(FakeMarkets.Spot));
        app.MapGet("/fapi/v1/exchangeInfo", () => Info(FakeMarkets.Perpetuals));
        app.MapGet("/dapi/v1/exchangeInfo", () => Info([]));
        await app.StartAsync();
        Console.WriteLine($"Fake exchange at {app.Urls.Single()}");
        await ((IHost)app).WaitForShutdownAsync();
        return 0;
    }

    private static Task ObeyAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value!;
        if (path.StartsWith("/control", StringComparison.Ordinal))
        {
            return next(context);
        }

        Asked.Enqueue(path);
        if (!Failing.TryGetValue(path, out var status))
        {
            return next(context);
        }

        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { code = -1000, msg = "An unknown error occurred while processing the request." });
    }

    /// <summary>From now on <paramref name="path"/> answers with <paramref name="status"/>.</summary>
    private static void Fail(string path, int status) => Failing[path] = status;

    /// <summary>All is well again, and nothing was asked.</summary>
    private static void Reset()
    {
        Failing.Clear();
        Asked.Clear();
    }

    private static JsonObject Info(IEnumerable<FakeMarket> markets) => new()
    {
        ["timezone"] = "UTC",
        ["serverTime"] = Milliseconds(),
        ["rateLimits"] = new JsonArray(),
        ["exchangeFilters"] = new JsonArray(),
        ["symbols"] = new JsonArray([.. markets.Select(m => (JsonNode)m.ToJson())]),
    };

    private static long Milliseconds() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
}
