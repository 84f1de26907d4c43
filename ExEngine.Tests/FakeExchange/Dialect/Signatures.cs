using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ExEngine.Tests.FakeExchange.Trading;

namespace ExEngine.Tests.FakeExchange.Dialect;

/// <summary>Who signed a request, and whether it is in time.</summary>
internal static partial class Signatures
{
    private const long LongestWindow = 60_000;

    /// <exception cref="RefusedException">The key, the time or the signature is not good.</exception>
    public static ApiKey Check(FakeRequest request, Accounts accounts, DateTimeOffset now)
    {
        if (request.ApiKey is not { Length: 64 } name || !name.All(char.IsAsciiLetterOrDigit))
        {
            throw new RefusedException(401, -2014, "API-key format invalid.");
        }

        var key = accounts.Find(name) ?? throw NotAllowed();
        CheckTime(request.Parameters, now);
        var signature = request.Parameters.Text("signature");
        var expected = Convert.ToHexString(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Secret), Encoding.UTF8.GetBytes(Signed(request)))
        );
        return signature.Equals(expected, StringComparison.OrdinalIgnoreCase)
            ? key
            : throw RefusedException.Bad(-1022, "Signature for this request is not valid.");
    }

    /// <exception cref="RefusedException">The key may not do this.</exception>
    public static void CheckRights(ApiKey key, EndpointKind kind)
    {
        if (kind is EndpointKind.Query or EndpointKind.Trades ? !key.Rights.Reading : !key.Rights.SpotTrading)
        {
            throw NotAllowed();
        }
    }

    // Valid exactly when: timestamp < serverTime + 1000 and serverTime - timestamp <= recvWindow.
    private static void CheckTime(Parameters parameters, DateTimeOffset now)
    {
        var window = parameters.Whole("recvWindow") ?? 5_000;
        if (window > LongestWindow)
        {
            throw RefusedException.Bad(-1131, "recvWindow must be less than 60000.");
        }

        var timestamp = parameters.Whole("timestamp") ?? throw Parameters.Missing("timestamp");
        var server = now.ToUnixTimeMilliseconds();
        if (timestamp >= server + 1_000)
        {
            throw RefusedException.Bad(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
        }

        if (server - timestamp > window)
        {
            throw RefusedException.Bad(-1021, "Timestamp for this request is outside of the recvWindow.");
        }
    }

    /// <summary>The query and the body, one after the other with nothing between them, without the signature itself.</summary>
    private static string Signed(FakeRequest request) => Without(request.Query) + Without(request.Body);

    private static string Without(string text) => Signature().Replace(text, "").TrimStart('&');

    private static RefusedException NotAllowed() => new(401, -2015, "Invalid API-key, IP, or permissions for action.");

    [GeneratedRegex("(^|&)signature=[^&]*")]
    private static partial Regex Signature();
}
