using System.Text.Json.Nodes;
using ExEngine.Tests.FakeExchange.Trading;

namespace ExEngine.Tests.FakeExchange.Dialect;

/// <summary>Prices: open to everyone.</summary>
internal sealed class MarketEndpoints(Venue venue)
{
    private static readonly string[] Symbols = ["symbol", "symbols", "type"];
    private static readonly string[] CandleNames = ["symbol", "interval", "startTime", "endTime", "limit"];

    public IEnumerable<Endpoint> All =>
        [
            new("GET", "/api/v3/ticker/24hr", EndpointKind.Public, Symbols, p => OneOrAll(p, 2, 80), r => Each(r, Day)),
            new("GET", "/api/v3/ticker/price", EndpointKind.Public, Symbols, p => OneOrAll(p, 2, 4), r => Each(r, Price)),
            new("GET", "/api/v3/ticker/bookTicker", EndpointKind.Public, Symbols, p => OneOrAll(p, 2, 4), r => Each(r, Best)),
            new("GET", "/api/v3/avgPrice", EndpointKind.Public, ["symbol"], _ => 2, Average),
            new(
                "GET",
                "/api/v3/depth",
                EndpointKind.Public,
                ["symbol", "limit"],
                p =>
                    p.Limit(100, 5_000) is var n && n <= 100 ? 5
                    : n <= 500 ? 25
                    : 50,
                Depth
            ),
            new("GET", "/api/v3/klines", EndpointKind.Public, CandleNames, _ => 2, Klines),
        ];

    private static int OneOrAll(Parameters sent, int one, int all) => sent["symbol"] is null && sent["symbols"] is null ? all : one;

    private JsonNode Each(FakeRequest request, Func<Book, JsonObject> view) =>
        venue.Locked<JsonNode>(() =>
        {
            var sent = request.Parameters;
            if (sent["symbol"] is { } symbol)
            {
                return view(venue.BookUnderLock(symbol));
            }

            var books = sent["symbols"] is { } list
                ? JsonNode.Parse(list)!.AsArray().Select(s => venue.BookUnderLock((string?)s))
                : venue.BooksUnderLock;
            return new JsonArray([.. books.Select(view)]);
        });

    private JsonObject Day(Book book) =>
        new()
        {
            ["symbol"] = book.Market.Id,
            ["priceChange"] = Decimals.Text(0),
            ["priceChangePercent"] = "0.000",
            ["weightedAvgPrice"] = Decimals.Text(book.Last),
            ["prevClosePrice"] = Decimals.Text(book.Last),
            ["lastPrice"] = Decimals.Text(book.Last),
            ["lastQty"] = Decimals.Text(book.Rules.Step),
            ["bidPrice"] = Decimals.Text(book.Bid),
            ["bidQty"] = Decimals.Text(Quantity(book)),
            ["askPrice"] = Decimals.Text(book.Ask),
            ["askQty"] = Decimals.Text(Quantity(book)),
            ["openPrice"] = Decimals.Text(book.Last),
            ["highPrice"] = Decimals.Text(book.Last),
            ["lowPrice"] = Decimals.Text(book.Last),
            ["volume"] = Decimals.Text(book.BaseVolume),
            ["quoteVolume"] = Decimals.Text(book.QuoteVolume),
            ["openTime"] = venue.Now.AddDays(-1).ToUnixTimeMilliseconds(),
            ["closeTime"] = venue.Now.ToUnixTimeMilliseconds(),
            ["firstId"] = 1,
            ["lastId"] = 1,
            ["count"] = 1,
        };

    private static JsonObject Price(Book book) => new() { ["symbol"] = book.Market.Id, ["price"] = Decimals.Text(book.Last) };

    private static JsonObject Best(Book book) =>
        new()
        {
            ["symbol"] = book.Market.Id,
            ["bidPrice"] = Decimals.Text(book.Bid),
            ["bidQty"] = Decimals.Text(Quantity(book)),
            ["askPrice"] = Decimals.Text(book.Ask),
            ["askQty"] = Decimals.Text(Quantity(book)),
        };

    private JsonObject Average(FakeRequest request) =>
        venue.Locked(() =>
            new JsonObject
            {
                ["mins"] = 5,
                ["price"] = Decimals.Text(venue.BookUnderLock(request.Parameters.Text("symbol")).Last),
                ["closeTime"] = venue.Now.ToUnixTimeMilliseconds(),
            }
        );

    private JsonObject Depth(FakeRequest request) =>
        venue.Locked(() =>
        {
            var book = venue.BookUnderLock(request.Parameters.Text("symbol"));
            return new JsonObject
            {
                ["lastUpdateId"] = venue.Now.ToUnixTimeMilliseconds(),
                ["bids"] = Levels(FakeSide.SELL),
                ["asks"] = Levels(FakeSide.BUY),
            };

            JsonArray Levels(FakeSide taker) =>
                new([
                    .. book.Offers(taker, null)
                        .Take(request.Parameters.Limit(100, 5_000))
                        .Select(o => (JsonNode)new JsonArray(Decimals.Text(o.Price), Decimals.Text(Math.Min(o.Quantity, Plenty)))),
                ]);
        });

    private JsonArray Klines(FakeRequest request) =>
        venue.Locked(() =>
        {
            var sent = request.Parameters;
            var step = CandleStep.Of(sent.Text("interval"));
            var candles = venue
                .BookUnderLock(sent.Text("symbol"))
                .Candles.Of(step, sent.Whole("startTime"), sent.Whole("endTime"), sent.Limit(500, 1_000));
            return new JsonArray([
                .. candles.Select(c =>
                    (JsonNode)
                        new JsonArray(
                            c.Start,
                            Decimals.Text(c.Open),
                            Decimals.Text(c.High),
                            Decimals.Text(c.Low),
                            Decimals.Text(c.Close),
                            Decimals.Text(c.Volume),
                            c.Start + step - 1,
                            Decimals.Text(c.Volume * c.Close),
                            1,
                            Decimals.Text(0),
                            Decimals.Text(0),
                            "0"
                        )
                ),
            ]);
        });

    private const decimal Plenty = 9_000_000;

    private static decimal Quantity(Book book) => Math.Min(book.Settings.LevelQuantity ?? Plenty, Plenty);
}
