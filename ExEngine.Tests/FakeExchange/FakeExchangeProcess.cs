using ExEngine.Tests.Support;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace ExEngine.Tests.FakeExchange;

/// <summary>The fake exchange, running in a process of its own.</summary>
public sealed partial class FakeExchangeProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly HttpClient _control;

    private FakeExchangeProcess(ChildProcess process, string address)
    {
        _process = process;
        Address = address;
        _control = new HttpClient { BaseAddress = new Uri(address) };
    }

    /// <summary>For <c>Exchanges:binance:BaseUrl</c>.</summary>
    public string Address { get; }

    public static async Task<FakeExchangeProcess> StartAsync()
    {
        var process = ChildProcess.Start("dotnet", [typeof(FakeExchangeProcess).Assembly.Location, TestEntry.FakeExchange]);
        await Until.True(() => process.HasExited || Place().IsMatch(process.Log), TimeSpan.FromSeconds(60), () => process.Log);
        return new FakeExchangeProcess(process, Place().Match(process.Log).Groups[1].Value);
    }

    /// <summary>All paths in the order in which they were asked for.</summary>
    public async Task<string[]> AskedAsync() => (await _control.GetFromJsonAsync<string[]>("/control/asked"))!;

    /// <summary>Lets a path answer with a status from now on.</summary>
    public async Task FailAsync(string path, int status) => await ControlAsync($"fail?path={path}&status={status}");

    /// <summary>All is well again, and nothing was asked.</summary>
    public async Task ResetAsync() => await ControlAsync("reset");

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _process.DisposeAsync();
    }

    private async Task ControlAsync(string what) => (await _control.PostAsync("/control/" + what, null)).EnsureSuccessStatusCode();

    [GeneratedRegex(@"Fake exchange at (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Place();
}
