using System.Globalization;
using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Changed = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Accepted<ExEngine.Web.Api.Bots.BotView>,
    Microsoft.AspNetCore.Http.HttpResults.NotFound,
    Microsoft.AspNetCore.Http.HttpResults.ValidationProblem,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace ExEngine.Web.Api.Bots;

/// <summary>
/// <c>/api/bots/{id}/…</c>: what a bot did and has, and what is asked of it while it runs. The same Idempotency-Key again asks nothing new.
/// </summary>
public static class BotActEndpoints
{
    internal static void MapBotActs(this RouteGroupBuilder bots)
    {
        bots.MapGet("{id:guid}/journal", JournalAsync).WithSummary("Every decision with its reason, newest first");
        bots.MapGet("{id:guid}/lines", LinesAsync).WithSummary("Every order that it has or would place, with its state");
        bots.MapGet("{id:guid}/deals", DealsAsync).WithSummary("Deals: those that are open first, then those that are over");
        bots.MapGet("{id:guid}/profit", ProfitAsync).WithSummary("What it earned, in parts whose sum is checked");
        bots.MapPost("{id:guid}/deals", StartDealAsync).WithSummary("Asks for a deal, for a bot that waits to be asked");
        bots.MapPost("{id:guid}/deals/{deal:int}/close", CloseDealAsync).WithSummary("Sells what the deal holds at market");
        bots.MapPost("{id:guid}/deals/{deal:int}/cancel", CancelDealAsync).WithSummary("Takes the deal's orders off and keeps its coins");
        bots.MapPost("{id:guid}/deals/{deal:int}/add-funds", AddFundsAsync).WithSummary("Buys more for a deal, at market or at a price");
        bots.MapPut("{id:guid}/deals/{deal:int}/targets", TargetsAsync).WithSummary("Other take-profit and stop percentages for a deal");
        bots.MapPost("{id:guid}/lines/{slot}/answer", AnswerAsync).WithSummary("Puts an order back that waits for an answer, or leaves it");
        bots.MapPost("{id:guid}/invest", InvestAsync).WithSummary("Puts money into a grid, or takes free money out of it");
    }

    private static async Task<Results<Ok<ApiList<BotJournalView>>, NotFound>> JournalAsync(
        Guid id,
        [AsParameters] ApiPage page,
        CurrentUser user,
        BotQuery bots,
        CancellationToken cancellationToken
    )
    {
        if (await bots.FindAsync(user.Id, id, cancellationToken) is null)
        {
            return TypedResults.NotFound();
        }

        var rows = await bots.JournalAsync(user.Id, id, page.Before, page.TakeAndOne, cancellationToken);
        return TypedResults.Ok(ApiList.Of(rows, page, e => e.Id.ToString(), BotJournalView.Of));
    }

    private static async Task<Results<Ok<ApiList<BotLine>>, NotFound, ProblemHttpResult>> LinesAsync(
        Guid id,
        CurrentUser user,
        BotQuery bots,
        MarketCatalog markets,
        CancellationToken cancellationToken
    )
    {
        if (await bots.FindAsync(user.Id, id, cancellationToken) is not { } row)
        {
            return TypedResults.NotFound();
        }

        return (await markets.FindAsync(row.Exchange, cancellationToken))?.Resolve(row.Bot.Symbol).Market is { } market
            ? TypedResults.Ok(new ApiList<BotLine>(row.Program.Lines(market), null))
            : ApiProblems.Problem(
                StatusCodes.Status503ServiceUnavailable,
                Core.Exchanges.FaultCodes.ExchangeUnavailable,
                $"The rules of {row.Bot.Symbol} at {row.Exchange} are not known now; try again in a moment."
            );
    }

    private static async Task<Results<Ok<ApiList<DealView>>, NotFound>> DealsAsync(
        Guid id,
        [AsParameters] ApiPage page,
        CurrentUser user,
        BotQuery bots,
        CancellationToken cancellationToken
    )
    {
        if (await bots.FindAsync(user.Id, id, cancellationToken) is not { } row)
        {
            return TypedResults.NotFound();
        }

        int? before = page.Cursor switch
        {
            null or "" => null,
            _ when int.TryParse(page.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw new BadHttpRequestException("cursor is the nextCursor of the page before; leave it out for the first page."),
        };
        var over = await bots.DealsAsync(user.Id, id, before, page.TakeAndOne, cancellationToken);
        var list = ApiList.Of(over, page, d => d.Number.ToString(CultureInfo.InvariantCulture), DealView.Of);
        return TypedResults.Ok(
            before is null
                ? list with
                {
                    Items = [.. row.Program.Deals.OrderByDescending(d => d.Number).Select(DealView.Of), .. list.Items],
                }
                : list
        );
    }

    private static async Task<Results<Ok<BotProfitView>, NotFound, ProblemHttpResult>> ProfitAsync(
        Guid id,
        CurrentUser user,
        BotQuery bots,
        PriceFeed prices,
        CancellationToken cancellationToken
    )
    {
        if (await bots.FindAsync(user.Id, id, cancellationToken) is not { } row)
        {
            return TypedResults.NotFound();
        }

        return (await prices.GetAsync(row.Exchange, row.Bot.Symbol, cancellationToken))?.Last is { } price
            ? TypedResults.Ok(BotProfitView.Of(row.Program.Profit(price), price))
            : ApiProblems.Problem(
                StatusCodes.Status503ServiceUnavailable,
                Core.Exchanges.FaultCodes.ExchangeUnavailable,
                $"{row.Exchange} tells no price of {row.Bot.Symbol} now; try again in a moment."
            );
    }

    private static Task<Changed> StartDealAsync(
        Guid id,
        [FromHeader(Name = IdempotencyKey.Header)] string? key,
        CurrentUser user,
        BotPresses presses,
        CancellationToken cancellationToken
    ) => presses.AskAsync(user.Id, id, key, new BotEvent.StartAsked("REST"), cancellationToken);

    private static Task<Changed> CloseDealAsync(
        Guid id,
        int deal,
        [FromHeader(Name = IdempotencyKey.Header)] string? key,
        CurrentUser user,
        BotPresses presses,
        CancellationToken cancellationToken
    ) => presses.AskAsync(user.Id, id, key, new BotEvent.CloseAsked(deal), cancellationToken);

    private static Task<Changed> CancelDealAsync(
        Guid id,
        int deal,
        [FromHeader(Name = IdempotencyKey.Header)] string? key,
        CurrentUser user,
        BotPresses presses,
        CancellationToken cancellationToken
    ) => presses.AskAsync(user.Id, id, key, new BotEvent.CancelAsked(deal), cancellationToken);

    private static async Task<Changed> AddFundsAsync(
        Guid id,
        int deal,
        AddFundsInput input,
        [FromHeader(Name = IdempotencyKey.Header)] string? key,
        CurrentUser user,
        BotPresses presses,
        CancellationToken cancellationToken
    ) =>
        input is { Amount: > 0 and var amount, Price: null or > 0 }
            ? await presses.AskAsync(user.Id, id, key, new BotEvent.FundsAdded(deal, amount, input.Price), cancellationToken)
            : await presses.InvalidAsync(
                user.Id,
                id,
                "amount",
                "amount is above 0, in quote; price is above 0, or left out at market.",
                cancellationToken
            );

    private static async Task<Changed> TargetsAsync(
        Guid id,
        int deal,
        TargetsInput input,
        [FromHeader(Name = IdempotencyKey.Header)] string? key,
        CurrentUser user,
        BotPresses presses,
        CancellationToken cancellationToken
    ) =>
        input is { TakeProfit: null or > 0, StopLoss: null or (> 0 and < 100) } && (input.TakeProfit ?? input.StopLoss) is not null
            ? await presses.AskAsync(
                user.Id,
                id,
                key,
                new BotEvent.TargetsEdited(deal, input.TakeProfit, input.StopLoss),
                cancellationToken
            )
            : await presses.InvalidAsync(
                user.Id,
                id,
                "takeProfit",
                "takeProfit is above 0 and stopLoss above 0 and below 100, in percent; state one of them.",
                cancellationToken
            );

    private static async Task<Changed> AnswerAsync(
        Guid id,
        string slot,
        LineAnswer input,
        [FromHeader(Name = IdempotencyKey.Header)] string? key,
        CurrentUser user,
        BotPresses presses,
        CancellationToken cancellationToken
    ) =>
        input.PutBack is { } putBack
            ? await presses.AskAsync(user.Id, id, key, new BotEvent.LineAnswered(slot, putBack), cancellationToken)
            : await presses.InvalidAsync(
                user.Id,
                id,
                "putBack",
                "putBack is true to place the order again, or false to leave it out.",
                cancellationToken
            );

    private static async Task<Changed> InvestAsync(
        Guid id,
        InvestInput input,
        [FromHeader(Name = IdempotencyKey.Header)] string? key,
        CurrentUser user,
        BotPresses presses,
        CancellationToken cancellationToken
    ) =>
        input.Amount is { } amount and not 0
            ? await presses.AskAsync(user.Id, id, key, new BotEvent.Invested(amount), cancellationToken)
            : await presses.InvalidAsync(
                user.Id,
                id,
                "amount",
                "amount is in quote: above 0 puts in, below 0 takes out.",
                cancellationToken
            );
}
