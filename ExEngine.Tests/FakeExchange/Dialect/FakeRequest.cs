using ExEngine.Tests.FakeExchange.Trading;

namespace ExEngine.Tests.FakeExchange.Dialect;

/// <summary>A request as it came in, every byte that a signature covers kept as it was.</summary>
internal sealed class FakeRequest(string method, string path, string query, string body, string? apiKey, DateTime arrivedAt)
{
    public string Method { get; } = method;
    public string Path { get; } = path;

    /// <summary>Without the question mark.</summary>
    public string Query { get; } = query;

    public string Body { get; } = body;

    /// <summary>The header <c>X-MBX-APIKEY</c>.</summary>
    public string? ApiKey { get; } = apiKey;

    public DateTime ArrivedAt { get; } = arrivedAt;
    public Parameters Parameters { get; } = new(query, body);

    /// <summary>Known once the key and the signature are.</summary>
    public ApiKey? Key { get; set; }

    public FakeAccount Account => Key!.Account;
}
