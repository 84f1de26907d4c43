using System.Collections.Concurrent;
using ExEngine.Tests.FakeExchange.Control;
using ExEngine.Tests.FakeExchange.Dialect;
using ExEngine.Tests.FakeExchange.Faults;
using ExEngine.Tests.FakeExchange.Trading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExEngine.Tests.FakeExchange;

/// <summary>
/// Speaks Binance spot's dialect at its paths. <c>/control</c> is for tests: accounts, prices, faults, the ledger, how often
/// a path was asked, and which paths answer with an error.
/// </summary>
internal static class FakeExchangeServer
{
    private static readonly ConcurrentQueue<string> Asked = new();
    private static readonly ConcurrentDictionary<string, int> Failing = new();

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = ServerOptions.Read(arguments);
        var time = TimeProvider.System;
        using var ledger = new Ledger(options.LedgerFile, time);
        var venue = new Venue(FakeMarkets.Spot, ledger, time);
        using var walks = new PriceWalks(venue, time);
        var (weights, faults) = (new Weights(), new FaultSwitches());
        var desk = new Desk(venue, weights, faults, time);
        var (control, streams) = (new ControlEndpoints(venue, weights, faults, walks), new UserStreams(venue));
        await using var app = Build(options.Port);
        app.Use(ObeyAsync);
        app.UseRouting();
        app.UseWebSockets();
        app.MapGet("/control/asked", () => Asked.ToArray());
        app.MapPost("/control/fail", Fail);
        app.MapPost("/control/reset", () => Reset(control));
        app.MapGet("/moved/{**path}", (string path) => Results.Redirect("/" + path));
        app.MapGet("/control/streams", (string account) => streams.Count(account));
        app.MapDelete("/control/streams", streams.Drop);
        app.Map(UserStreams.Path, streams.ServeAsync);
        control.Map(app);
        app.MapFallback(desk.ServeAsync);
        await app.StartAsync();
        Console.WriteLine($"Fake exchange at {app.Urls.Single()}");
        if (options.Sandbox)
        {
            Sandbox.Open(venue, walks, weights, time, app.Urls.Single());
        }

        await ((IHost)app).WaitForShutdownAsync();
        return 0;
    }

    private static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(k => k.AddServerHeader = false);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        return builder.Build();
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
    private static void Reset(ControlEndpoints control)
    {
        control.Reset();
        Failing.Clear();
        Asked.Clear();
    }
}
