using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExEngine.Tests.Support;

namespace ExEngine.Tests.FakeExchange.Suite;

/// <summary>The official CCXT in a Node process, called by the names of its methods and with its own order of arguments.</summary>
internal sealed class CcxtDriver : IAsyncDisposable
{
    private readonly Process _node;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _id;

    private CcxtDriver(Process node) => _node = node;

    public static CcxtDriver Start(string address)
    {
        var gateway = Source.Path("ExEngine.Core", "obj", "gateway");
        var script = Source.Path("ExEngine.Tests", "FakeExchange", "Suite", "ccxt-driver.mjs");
        return new CcxtDriver(
            Process.Start(
                new ProcessStartInfo(Need.Node(), [script, gateway, address])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                }
            )!
        );
    }

    /// <param name="options">Set among CCXT's own before the call.</param>
    public async Task<CcxtReply> CallAsync(FakeKey key, string method, object?[] arguments, JsonObject? options = null)
    {
        await _turn.WaitAsync();
        try
        {
            await _node.StandardInput.WriteLineAsync(
                new JsonObject
                {
                    ["id"] = ++_id,
                    ["key"] = key.Key,
                    ["secret"] = key.Secret,
                    ["method"] = method,
                    ["args"] = JsonSerializer.SerializeToNode(arguments),
                    ["options"] = options?.DeepClone(),
                }.ToJsonString()
            );
            var line = await _node.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The CCXT driver ended.");
            var answer = JsonNode.Parse(line)!;
            return new CcxtReply(
                answer["value"],
                (string?)answer["error"]?["name"],
                (string?)answer["error"]?["message"] ?? "",
                answer["headers"]!
            );
        }
        finally
        {
            _turn.Release();
        }
    }

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
}
