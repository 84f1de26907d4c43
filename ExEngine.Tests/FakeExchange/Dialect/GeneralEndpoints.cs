using System.Text.Json.Nodes;
using ExEngine.Tests.FakeExchange.Trading;

namespace ExEngine.Tests.FakeExchange.Dialect;

/// <summary>The clock and the rules of all markets.</summary>
internal sealed class GeneralEndpoints(Venue venue, Weights weights)
{
    private static readonly string[] InfoNames = ["symbol", "symbols", "permissions", "showPermissionSets", "symbolStatus"];

    public IEnumerable<Endpoint> All =>
        [
            new("GET", "/api/v3/ping", EndpointKind.Public, [], _ => 1, _ => new JsonObject()),
            new(
                "GET",
                "/api/v3/time",
                EndpointKind.Public,
                [],
                _ => 1,
                _ => new JsonObject { ["serverTime"] = venue.Now.ToUnixTimeMilliseconds() }
            ),
            new(
                "GET",
                "/sapi/v1/system/status",
                EndpointKind.Public,
                [],
                _ => 1,
                _ => new JsonObject { ["status"] = 0, ["msg"] = "normal" }
            ),
            new("GET", "/api/v3/exchangeInfo", EndpointKind.Public, InfoNames, _ => 20, Spot),
            new("GET", "/fapi/v1/exchangeInfo", EndpointKind.Public, [], _ => 1, _ => Info(FakeMarkets.Perpetuals)),
            new("GET", "/dapi/v1/exchangeInfo", EndpointKind.Public, [], _ => 1, _ => Info([])),
        ];

    private JsonObject Spot(FakeRequest request)
    {
        var sent = request.Parameters;
        return venue.Locked(() =>
        {
            var books =
                sent["symbol"] is { } one ? [venue.BookUnderLock(one)]
                : sent["symbols"] is { } list ? JsonNode.Parse(list)!.AsArray().Select(s => venue.BookUnderLock((string?)s))
                : venue.BooksUnderLock;
            return Info(books.Select(b => b.Market));
        });
    }

    private JsonObject Info(IEnumerable<FakeMarket> markets) =>
        new()
        {
            ["timezone"] = "UTC",
            ["serverTime"] = venue.Now.ToUnixTimeMilliseconds(),
            ["rateLimits"] = weights.Json(),
            ["exchangeFilters"] = new JsonArray(),
            ["symbols"] = new JsonArray([.. markets.Select(m => (JsonNode)m.ToJson())]),
        };
}
