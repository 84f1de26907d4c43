using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ExEngine.Tests.FakeExchange.Dialect;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ExEngine.Tests.FakeExchange.Faults;

/// <summary>Sends an answer the way a fault would have it.</summary>
internal static class FaultyAnswer
{
    private const string Json = "application/json;charset=UTF-8";
    private static readonly byte[] Page =
        "<!DOCTYPE html><html><head><title>Just a moment</title></head><body>Please wait.</body></html>"u8.ToArray();
    private static readonly byte[] HalfOrder = "{\"symbol\":\"BTCUSDT\",\"orderId\":"u8.ToArray();

    /// <param name="answer">What it would have been; null when the request had no effect.</param>
    public static Task SendAsync(HttpContext context, FakeFault fault, FakeAnswer? answer) =>
        fault.Kind switch
        {
            FaultKind.Reset => Reset(context),
            FaultKind.ServerError => WriteAsync(context, fault.Status ?? 502, Page, "text/html"),
            FaultKind.Unexpected1006 => WriteAsync(
                context,
                FakeAnswer.Error(
                    fault.Status ?? 500,
                    -1006,
                    "An unexpected response was received from the message bus. Execution status unknown."
                )
            ),
            FaultKind.Timeout1007 => WriteAsync(
                context,
                FakeAnswer.Error(
                    fault.Status ?? 504,
                    -1007,
                    "Timeout waiting for response from backend server. Send status unknown; execution status unknown."
                )
            ),
            FaultKind.HtmlPage => WriteAsync(context, fault.Status ?? 200, Page, "text/html"),
            FaultKind.TruncatedJson => WriteAsync(context, fault.Status ?? 200, Half(answer), Json),
            FaultKind.CutOff => CutOffAsync(context, Half(answer)),
            FaultKind.NoAnswer => HangUpAsync(context),
            FaultKind.AnswerTwice => TwiceAsync(context, answer ?? Unknown()),
            FaultKind.DoubledItems => WriteAsync(context, Doubled(answer ?? Unknown())),
            _ => WriteAsync(context, answer ?? Unknown()),
        };

    public static Task WriteAsync(HttpContext context, FakeAnswer answer) => WriteAsync(context, answer.Status, answer.Body, Json);

    private static async Task WriteAsync(HttpContext context, int status, byte[] body, string type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }

    private static Task Reset(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static async Task CutOffAsync(HttpContext context, byte[] half)
    {
        context.Response.ContentType = Json;
        context.Response.ContentLength = half.Length * 2;
        await context.Response.Body.WriteAsync(half);
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static async Task HangUpAsync(HttpContext context)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    // The second answer belongs to no request: it lies on the kept-alive connection when the next one is asked.
    private static async Task TwiceAsync(HttpContext context, FakeAnswer answer)
    {
        await WriteAsync(context, answer);
        await context.Response.CompleteAsync();
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {answer.Status} OK\r\nContent-Type: {Json}\r\nContent-Length: {answer.Body.Length}\r\n\r\n"
        );
        var output = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output;
        await output.WriteAsync(Encoding.ASCII.GetBytes(head).Concat(answer.Body).ToArray());
    }

    private static FakeAnswer Unknown() => FakeAnswer.Error(500, -1000, "An unknown error occurred while processing the request.");

    private static byte[] Half(FakeAnswer? answer) => answer is null ? HalfOrder : answer.Body[..(answer.Body.Length / 2)];

    private static FakeAnswer Doubled(FakeAnswer answer)
    {
        var json = JsonNode.Parse(answer.Body)!;
        Double(json);
        return answer with { Body = Encoding.UTF8.GetBytes(json.ToJsonString()) };
    }

    private static void Double(JsonNode? json)
    {
        if (json is JsonObject values)
        {
            foreach (var (_, value) in values)
            {
                Double(value);
            }
        }
        else if (json is JsonArray items)
        {
            foreach (var item in items.ToList())
            {
                items.Add(item?.DeepClone());
            }
        }
    }
}
