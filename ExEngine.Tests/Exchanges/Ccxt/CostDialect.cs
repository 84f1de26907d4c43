using System.Collections.Concurrent;
using System.Net;
using System.Text;
using ExEngine.Tests.Support;

namespace ExEngine.Tests.Exchanges.Ccxt;

/// <summary>
/// As much of an exchange that takes market buys by their cost as one of them needs, in the dialect of Coins.ph: its rules, and an answer
/// to the order. It keeps what it was sent.
/// </summary>
internal sealed class CostDialect : IDisposable
{
    private const string Rules = """
        {"timezone":"UTC","serverTime":"1677449496897","exchangeFilters":[],"symbols":[{"symbol":"XRPPHP","status":"TRADING",
        "baseAsset":"XRP","baseAssetPrecision":"2","quoteAsset":"PHP","quoteAssetPrecision":"4","orderTypes":["LIMIT","MARKET"],"filters":[
        {"minPrice":"0.01","maxPrice":"99999999","filterType":"PRICE_FILTER","tickSize":"0.01"},
        {"minQty":"0.01","maxQty":"99999999999","filterType":"LOT_SIZE","stepSize":"0.01"},
        {"minNotional":"50","filterType":"NOTIONAL"}]}]}
        """;

    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<string> _orders = new();

    private readonly TimeProvider _time;

    public CostDialect(TimeProvider time)
    {
        _time = time;
        Address = $"http://127.0.0.1:{FreePort.Next()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>The query and the body of each order.</summary>
    public IReadOnlyCollection<string> Orders => _orders;

    /// <summary>What an order is answered with; the client id stands for <c>ID</c>.</summary>
    public string Answer { get; set; } = "{}";

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                var sent = $"{context.Request.Url!.Query}&{await reader.ReadToEndAsync()}";
                var answer = (context.Request.HttpMethod, context.Request.Url.AbsolutePath) switch
                {
                    ("GET", "/openapi/v1/exchangeInfo") => Rules,
                    ("GET", "/openapi/v1/time") => $$"""{"serverTime":{{_time.GetUtcNow().ToUnixTimeMilliseconds()}}}""",
                    ("POST", "/openapi/v1/order") => Order(sent),
                    _ => "[]",
                };
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private string Order(string sent)
    {
        _orders.Enqueue(sent);
        var id = sent.Split('&').Single(p => p.StartsWith("newClientOrderId=", StringComparison.Ordinal)).Split('=')[1];
        return Answer.Replace("ID", id, StringComparison.Ordinal);
    }
}
