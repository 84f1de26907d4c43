using System.Globalization;
using ExEngine.Core.Portfolio.Money;
using ExEngine.Core.Text;
using ExEngine.Web.Api.Csv;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api.Money;

/// <summary>
/// <c>/api/equity</c>, <c>/api/profit</c> and <c>/api/fills/export</c>, read only: equity over time, what was earned, and every fill for a
/// tax declaration.
/// </summary>
public static class MoneyEndpoints
{
    /// <summary>How far back equity is told when no <c>from</c> is stated.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);
    private static readonly string[] Ways = ["day", "week", "month", "symbol", "webhook", "bot", "account"];

    public static void MapMoney(this IEndpointRouteBuilder api)
    {
        var money = api.MapGroup("").WithTags("Money");
        money
            .MapGet("/equity", EquityAsync)
            .WithSummary("Equity over time, newest first")
            .WithDescription(
                "At most 400 points over the stretch. mode is live or paper; the two are never in one sum. Without from: seven days."
            );
        money
            .MapGet("/profit", ProfitAsync)
            .WithSummary("What was realised, by day, week, month, symbol, webhook, bot or account")
            .WithDescription("by is day, week, month, symbol, webhook, bot or account. The items of each add up to the same total.");
        money.MapGet("/profit/summary", SummaryAsync).WithSummary("Win rate, drawdown, fees, deposits and profit of a stretch of time");
        money
            .MapGet("/fills/export", Export)
            .WithSummary("Every fill with its cost basis as CSV, oldest first")
            .Produces(200, contentType: CsvExport.ContentType);
    }

    private static async Task<Results<Ok<ApiList<EquityPointView>>, ValidationProblem>> EquityAsync(
        [AsParameters] MoneyListQuery ask,
        [AsParameters] ApiPage page,
        CurrentUser user,
        EquityQuery equity,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (ask.Errors is { } errors)
        {
            return ApiProblems.Invalid(errors);
        }

        DateTime? before = page.Cursor switch
        {
            null or "" => null,
            _ when DateTimeOffset.TryParse(page.Cursor, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) =>
                at.UtcDateTime,
            _ => throw new BadHttpRequestException("cursor is the nextCursor of the page before; leave it out for the first page."),
        };
        var scope = await ask.ScopeAsync(equity, user.Id, cancellationToken);
        var from = ask.FromUtc ?? (time.GetUtcNow() - Usual).UtcDateTime;
        var history = await equity.ReadAsync(scope, from, ask.ToUtc, cancellationToken);
        var rows = history.Line.Points.Reverse().Where(p => before is null || p.At < before).Take(page.TakeAndOne).ToList();
        return TypedResults.Ok(
            ApiList.Of(rows, page, p => p.At.ToString("O", CultureInfo.InvariantCulture), p => EquityPointView.Of(p, history.Currency))
        );
    }

    private static async Task<Results<Ok<ApiList<ProfitView>>, ValidationProblem>> ProfitAsync(
        string? by,
        [AsParameters] MoneyListQuery ask,
        [AsParameters] ApiPage page,
        CurrentUser user,
        EquityQuery equity,
        ProfitQuery profits,
        CancellationToken cancellationToken
    )
    {
        var errors = ask.Errors ?? [];
        by = string.IsNullOrEmpty(by) ? Ways[0] : by;
        if (!Ways.Contains(by))
        {
            errors["by"] = [$"by is one of {string.Join(", ", Ways)}."];
        }

        if (errors.Count > 0)
        {
            return ApiProblems.Invalid(errors);
        }

        var scope = await ask.ScopeAsync(equity, user.Id, cancellationToken);
        var report = await profits.ReadAsync(scope, ask.FromUtc, ask.ToUtc, cancellationToken);
        IEnumerable<ProfitView> all = by switch
        {
            "day" => report.Days.Reverse().Select(d => ProfitView.Of(d, report.Currency)),
            "week" => report.Weeks.Reverse().Select(d => ProfitView.Of(d, report.Currency)),
            "month" => report.Months.Reverse().Select(d => ProfitView.Of(d, report.Currency)),
            "symbol" => Groups(report.Symbols, report),
            "webhook" => Groups(report.Webhooks, report),
            "bot" => Groups(report.Bots, report),
            _ => Groups(report.Accounts, report),
        };
        var rows = string.IsNullOrEmpty(page.Cursor) ? all : all.SkipWhile(v => v.Key != page.Cursor).Skip(1);
        return TypedResults.Ok(ApiList.Of([.. rows.Take(page.TakeAndOne)], page, v => v.Key, v => v));
    }

    private static IEnumerable<ProfitView> Groups(IReadOnlyList<ProfitGroup> groups, ProfitReport report) =>
        groups.Select(g => ProfitView.Of(g.Key, g.Name, g.Sum, report.Currency));

    private static async Task<Results<Ok<MoneySummaryView>, ValidationProblem>> SummaryAsync(
        [AsParameters] MoneyListQuery ask,
        CurrentUser user,
        EquityQuery equity,
        ProfitQuery profits,
        CancellationToken cancellationToken
    )
    {
        if (ask.Errors is { } errors)
        {
            return ApiProblems.Invalid(errors);
        }

        var scope = await ask.ScopeAsync(equity, user.Id, cancellationToken);
        var report = await profits.ReadAsync(scope, ask.FromUtc, ask.ToUtc, cancellationToken);
        var history = await equity.ReadAsync(scope, ask.FromUtc, ask.ToUtc, cancellationToken);
        return TypedResults.Ok(MoneySummaryView.Of(scope.Mode, report, history));
    }

    private static Results<PushStreamHttpResult, ValidationProblem> Export(
        [AsParameters] MoneyListQuery ask,
        string? symbol,
        CurrentUser user,
        FillLedger ledger,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var errors = ask.Errors ?? [];
        if (symbol is not null && !StoredText.Fits(symbol))
        {
            errors["symbol"] = [$"symbol {StoredText.Rule}"];
        }

        return errors.Count > 0
            ? ApiProblems.Invalid(errors)
            : CsvExport.File(
                "fills",
                time.GetUtcNow(),
                FillCsv.Head,
                ledger.AllAsync(user.Id, ask.Stated, ask.AccountId, symbol, ask.FromUtc, ask.ToUtc, cancellationToken),
                FillCsv.Write,
                cancellationToken
            );
    }
}
