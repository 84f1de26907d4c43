using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ExEngine.Tests.FakeExchange.Trading;
using Microsoft.AspNetCore.Http;

namespace ExEngine.Tests.FakeExchange.Dialect;

/// <summary>
/// The WebSocket API, as far as customers follow their orders with it: <c>userDataStream.subscribe.signature</c>, and an
/// <c>executionReport</c> for each change from then on, with the order as it is when that is sent.
/// </summary>
internal sealed class UserStreams
{
    public const string Path = "/ws-api/v3";

    private readonly ConcurrentDictionary<Channel<LedgerEntry>, string> _subscribed = new();
    private readonly Venue _venue;

    public UserStreams(Venue venue)
    {
        _venue = venue;
        venue.Ledger.Added += Tell;
    }

    /// <summary>How many streams follow this account.</summary>
    public int Count(string account) => _subscribed.Values.Count(a => a == account);

    /// <summary>Ends every stream, as an exchange does now and then.</summary>
    public void Drop()
    {
        foreach (var (changes, _) in _subscribed)
        {
            changes.Writer.TryComplete();
        }
    }

    public async Task ServeAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var changes = Channel.CreateUnbounded<LedgerEntry>();
        var answers = Channel.CreateUnbounded<JsonNode>();
        try
        {
            var reading = ReadAsync(socket, changes, answers, context.RequestAborted);
            await Task.WhenAny(
                reading,
                WriteAsync(socket, answers, context.RequestAborted),
                ReportAsync(changes, answers, context.RequestAborted)
            );
        }
        finally
        {
            _subscribed.TryRemove(changes, out _);
        }
    }

    private void Tell(LedgerEntry entry)
    {
        if (entry.Kind is LedgerKind.Request or LedgerKind.Deposit)
        {
            return;
        }

        foreach (var (changes, _) in _subscribed.Where(s => s.Value == entry.Account))
        {
            changes.Writer.TryWrite(entry);
        }
    }

    private async Task ReadAsync(
        WebSocket socket,
        Channel<LedgerEntry> changes,
        Channel<JsonNode> answers,
        CancellationToken cancellationToken
    )
    {
        var buffer = new byte[16 * 1024];
        while (await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken) is { MessageType: not WebSocketMessageType.Close } message)
        {
            var question = JsonNode.Parse(buffer.AsSpan(0, message.Count))!;
            answers.Writer.TryWrite(Answer(question, changes));
        }
    }

    private JsonObject Answer(JsonNode question, Channel<LedgerEntry> changes)
    {
        var id = question["id"]?.DeepClone();
        try
        {
            if ((string?)question["method"] != "userDataStream.subscribe.signature")
            {
                throw RefusedException.Bad(-1000, "This method is not known here.");
            }

            _subscribed[changes] = Subscriber(question["params"]!.AsObject());
            return new JsonObject
            {
                ["id"] = id,
                ["status"] = 200,
                ["result"] = new JsonObject { ["subscriptionId"] = 0 },
            };
        }
        catch (RefusedException refused)
        {
            return new JsonObject
            {
                ["id"] = id,
                ["status"] = refused.Status,
                ["error"] = new JsonObject { ["code"] = refused.Code, ["msg"] = refused.Message },
            };
        }
    }

    /// <summary>Signed is what a query of these parameters, by the alphabet, would be.</summary>
    private string Subscriber(JsonObject parameters)
    {
        var pairs = parameters
            .OrderBy(p => p.Key == "signature")
            .ThenBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => $"{p.Key}={p.Value}");
        var request = new FakeRequest("GET", Path, string.Join('&', pairs), "", (string?)parameters["apiKey"], default);
        var key = Signatures.Check(request, _venue.Accounts, _venue.Now);
        Signatures.CheckRights(key, EndpointKind.Query);
        return key.Account.Name;
    }

    private async Task ReportAsync(Channel<LedgerEntry> changes, Channel<JsonNode> answers, CancellationToken cancellationToken)
    {
        await foreach (var change in changes.Reader.ReadAllAsync(cancellationToken))
        {
            answers.Writer.TryWrite(new JsonObject { ["subscriptionId"] = 0, ["event"] = _venue.Locked(() => Report(change)) });
        }
    }

    private JsonObject Report(LedgerEntry change)
    {
        var order = _venue.Accounts[change.Account!].Find(change.OrderId!.Value)!;
        var isFill = change.Kind == LedgerKind.Fill;
        return new JsonObject
        {
            ["e"] = "executionReport",
            ["E"] = _venue.Now.ToUnixTimeMilliseconds(),
            ["s"] = order.Request.Symbol,
            ["c"] = order.Request.ClientOrderId,
            ["S"] = order.Side.ToString(),
            ["o"] = order.Request.Type.ToString(),
            ["f"] = order.Request.TimeInForce.ToString(),
            ["q"] = Decimals.Text(order.Quantity),
            ["p"] = Decimals.Text(order.Request.Price ?? 0),
            ["P"] = Decimals.Text(order.Request.StopPrice ?? 0),
            ["x"] = change.Kind switch
            {
                LedgerKind.Fill => "TRADE",
                LedgerKind.Order => "NEW",
                LedgerKind.Cancel => "CANCELED",
                _ => "EXPIRED",
            },
            ["X"] = order.Status.ToString(),
            ["i"] = order.Id,
            ["l"] = Decimals.Text(isFill ? change.Quantity!.Value : 0),
            ["z"] = Decimals.Text(order.Executed),
            ["L"] = Decimals.Text(isFill ? change.Price!.Value : 0),
            ["n"] = Decimals.Text(change.Commission ?? 0),
            ["N"] = change.CommissionAsset,
            ["T"] = order.UpdatedAt.ToUnixTimeMilliseconds(),
            ["t"] = change.TradeId ?? -1,
            ["m"] = change.Maker ?? false,
            ["O"] = order.At.ToUnixTimeMilliseconds(),
            ["Z"] = Decimals.Text(order.ExecutedQuote),
        };
    }

    private static async Task WriteAsync(WebSocket socket, Channel<JsonNode> answers, CancellationToken cancellationToken)
    {
        await foreach (var answer in answers.Reader.ReadAllAsync(cancellationToken))
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(answer.ToJsonString());
            await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
    }
}
