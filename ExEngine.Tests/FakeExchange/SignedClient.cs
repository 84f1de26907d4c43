using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ExEngine.Tests.FakeExchange;

/// <summary>Binance's signed HTTP without CCXT, which would not let everything through.</summary>
internal sealed class SignedClient(string address, FakeKey key) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = new Uri(address) };

    /// <param name="parameters">As in a query, without time and signature.</param>
    /// <returns>The status, and the code of an error or null.</returns>
    public async Task<(int Status, int? Code, JsonNode Json)> SendAsync(HttpMethod method, string path, string parameters)
    {
        var query = $"{parameters}&timestamp={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Secret), Encoding.UTF8.GetBytes(query)));
        using var request = new HttpRequestMessage(method, $"{path}?{query}&signature={signature}");
        request.Headers.Add("X-MBX-APIKEY", key.Key);
        using var response = await _client.SendAsync(request);
        var json = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return ((int)response.StatusCode, json is JsonObject ? (int?)json["code"] : null, json);
    }

    /// <returns>The code and the message of the refusal; null when it was taken.</returns>
    public async Task<string?> OrderAsync(string parameters)
    {
        var (_, code, json) = await SendAsync(HttpMethod.Post, "/api/v3/order", parameters);
        return code is null ? null : $"{code} {json["msg"]}";
    }

    public void Dispose() => _client.Dispose();
}
