using ExEngine.Tests.Support;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExEngine.Tests.FakeExchange;

/// <summary>The official CCXT in a Node process, called by name and with its own argument order.</summary>
internal sealed class CcxtDriver : IAsyncDisposable
{
    private readonly Process _node;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _id;

    private CcxtDriver(Process node) => _node = node;

    public static CcxtDriver Start(string address, FakeKey key)
    {
        var gateway = Source.Path("ExEngine.Core", "Exchanges", "Ccxt", "gateway");
        var script = Source.Path("ExEngine.Tests", "FakeExchange", "ccxt-driver.mjs");
        return new CcxtDriver(Process.Start(new ProcessStartInfo(Need.Node(), [script, gateway, address, key.Key, key.Secret])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
    }

    /// <returns>CCXT's answer, or its error.</returns>
    public Task<CcxtAnswer> TryAsync(string method, params object?[] arguments) =>
        SendAsync(new JsonObject { ["method"] = method, ["args"] = JsonSerializer.SerializeToNode(arguments) });

    /// <exception cref="InvalidOperationException">CCXT threw.</exception>
    public async Task<JsonNode> CallAsync(string method, params object?[] arguments)
    {
        var answer = await TryAsync(method, arguments);
        return answer.Error is null ? answer.Value! : throw new InvalidOperationException($"{method}: {answer.Error}: {answer.Message}");
    }

    /// <summary>Sets one of CCXT's <c>options</c>.</summary>
    public Task SetAsync(string option, JsonNode? value) => SendAsync(new JsonObject { ["set"] = new JsonObject { [option] = value } });

    public async ValueTask DisposeAsync()
    {
        _node.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _node.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _node.Kill();
        }

        _node.Dispose();
        _turn.Dispose();
    }

    private async Task<CcxtAnswer> SendAsync(JsonObject what)
    {
        await _turn.WaitAsync();
        try
        {
            what["id"] = ++_id;
            await _node.StandardInput.WriteLineAsync(what.ToJsonString());
            var line = await _node.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The CCXT driver ended.");
            var answer = JsonNode.Parse(line)!;
            return new CcxtAnswer(
                answer["value"], (string?)answer["error"]?["name"], (string?)answer["error"]?["message"] ?? "", answer["headers"]);
        }
        finally
        {
            _turn.Release();
        }
    }
}
