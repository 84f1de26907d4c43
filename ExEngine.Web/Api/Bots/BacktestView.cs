using System.Text.Json;
using ExEngine.Core.Bots.Backtest.Jobs;

namespace ExEngine.Web.Api.Bots;

/// <summary>A backtest or a sweep.</summary>
/// <param name="Percent">0 to 100.</param>
/// <param name="Step">What it is at, in words.</param>
/// <param name="Problem">Why it failed.</param>
/// <param name="Ask">What was asked for, with what was left out.</param>
/// <param name="Summary">A few figures; null until it is done.</param>
/// <param name="Result">All of it; null in lists and until it is done.</param>
public sealed record BacktestView(
    Guid Id,
    string Name,
    string Kind,
    string Exchange,
    string Symbol,
    JobState State,
    int Percent,
    string? Step,
    string? Problem,
    DateTime CreatedAt,
    DateTime? EndedAt,
    JsonElement Ask,
    JsonElement? Summary,
    JsonElement? Result
)
{
    public static BacktestView Of(BacktestJob job) =>
        new(
            job.Id,
            job.Name,
            job.BotKind,
            job.Exchange,
            job.Symbol,
            job.State,
            job.Percent,
            job.Step,
            job.Problem,
            job.CreatedAt,
            job.EndedAt,
            Json(job.Ask)!.Value,
            Json(job.Summary),
            Json(job.Result)
        );

    private static JsonElement? Json(string? text) => text is null ? null : JsonDocument.Parse(text).RootElement;
}
