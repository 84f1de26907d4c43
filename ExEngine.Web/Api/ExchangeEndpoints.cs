using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api;

/// <summary>The exchanges that accounts can be on, and the rules of their markets.</summary>
internal static class ExchangeEndpoints
{
    public static void MapExchanges(this IEndpointRouteBuilder api)
    {
        var exchanges = api.MapGroup("/exchanges").WithTags("Exchanges");
        exchanges.MapGet("/", ListAsync).WithSummary("Exchanges with the credentials that a live account needs; the built-in one first");
        exchanges
            .MapGet("/{id}/markets", MarketsAsync)
            .WithSummary("Markets with their rules, by symbol; search looks in symbol and exchange symbol");
        exchanges.MapGet("/{id}/ticker", TickerAsync).WithSummary("The last price of a market");
        exchanges
            .MapGet("/{id}/candles", CandlesAsync)
            .WithSummary("Past prices of a market, newest first: interval 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h or 1d");
    }

    private static async Task<Results<Ok<Ticker>, NotFound, ProblemHttpResult>> TickerAsync(
        string id,
        string symbol,
        MarketCatalog markets,
        PriceFeed prices,
        CancellationToken cancellationToken
    ) =>
        await MarketAsync(markets, id, symbol, cancellationToken) is not { } market ? TypedResults.NotFound()
        : await prices.GetAsync(id, market.Symbol, cancellationToken) is { } ticker ? TypedResults.Ok(ticker)
        : ApiProblems.Problem(
            StatusCodes.Status503ServiceUnavailable,
            FaultCodes.ExchangeUnavailable,
            $"{id} does not tell a price of {market.Symbol} now."
        );

    private static async Task<Results<Ok<ApiList<Candle>>, NotFound, ProblemHttpResult>> CandlesAsync(
        string id,
        string symbol,
        string interval,
        int? limit,
        MarketCatalog markets,
        CandleFeed candles,
        CancellationToken cancellationToken
    )
    {
        if (await MarketAsync(markets, id, symbol, cancellationToken) is not { } market)
        {
            return TypedResults.NotFound();
        }

        if (!CandleFeed.Intervals.TryGetValue(interval, out var length))
        {
            throw new BadHttpRequestException($"interval is one of {string.Join(", ", CandleFeed.Intervals.Keys)}.");
        }

        var answer = await candles.ListAsync(id, market.Symbol, length, new ApiPage(limit, null).Take, cancellationToken);
        return answer.IsDone
            ? TypedResults.Ok(new ApiList<Candle>([.. answer.Value!.Reverse()], null))
            : ApiProblems.Exchange(answer.Fault);
    }

    private static async Task<Market?> MarketAsync(
        MarketCatalog markets,
        string exchange,
        string symbol,
        CancellationToken cancellationToken
    ) => (await markets.FindAsync(exchange, cancellationToken))?.Resolve(symbol).Market;

    private static async Task<Ok<ApiList<ExchangeView>>> ListAsync(
        [AsParameters] ApiPage page,
        ExchangeDirectory directory,
        GatewayStatus gateway,
        CancellationToken cancellationToken
    )
    {
        var all = await directory.ListAsync(cancellationToken);
        var report = gateway.Report;
        ExchangeInfo[] rows = [.. all.Skip(After(all, page.Cursor)).Take(page.TakeAndOne)];
        return TypedResults.Ok(ApiList.Of(rows, page, e => e.Id, e => ExchangeView.Of(e, report)));
    }

    private static async Task<Results<Ok<MarketList>, NotFound, ProblemHttpResult>> MarketsAsync(
        string id,
        string? search,
        [AsParameters] ApiPage page,
        MarketCatalog markets,
        ExchangeDirectory directory,
        CancellationToken cancellationToken
    )
    {
        if (!directory.Knows(id))
        {
            return TypedResults.NotFound();
        }

        if (await markets.FindAsync(id, cancellationToken) is not { } book)
        {
            return ApiProblems.Problem(
                StatusCodes.Status503ServiceUnavailable,
                RefusalCodes.MarketsUnavailable,
                $"The rules of {id} were never fetched and cannot be now. Try again in a minute. {markets.FailureOf(id)}"
            );
        }

        var rows = MarketSearch.Find(book, search, page.Cursor, page.TakeAndOne);
        var list = ApiList.Of(rows, page, m => m.Symbol, MarketView.Of);
        return TypedResults.Ok(new MarketList(list.Items, list.NextCursor, book.FetchedAt, book.Stale));
    }

    private static int After(IReadOnlyList<ExchangeInfo> all, string? cursor) =>
        string.IsNullOrEmpty(cursor) ? 0
        : all.Select(e => e.Id).ToList().IndexOf(cursor) is >= 0 and var at ? at + 1
        : throw new BadHttpRequestException("cursor is the nextCursor of the page before; leave it out for the first page.");
}
