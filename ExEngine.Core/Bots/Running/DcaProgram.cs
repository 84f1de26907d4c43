using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Running;

/// <summary>A DCA bot as the engine runs it.</summary>
internal sealed class DcaProgram(DcaSettings settings, DcaState state) : BotProgram
{
    public DcaSettings Settings => settings;
    public DcaState Value => state;

    public override string State => BotText.Of(state);

    public override IReadOnlyList<BotOrder> Orders => [.. state.Deals.SelectMany(d => d.Orders)];

    public override bool IsOver => state is { Mode: BotMode.Stopped, Deals.Count: 0 };

    public override bool WaitsForFunds =>
        state.OpeningProblem is not null || state.Deals.Any(d => d.Lines.Any(l => l.Status == LineStatus.WaitingFunds));

    public override string? Problem =>
        state.Deals.Select(DealProblem).FirstOrDefault(p => p is not null)
        ?? (state.OpeningProblem is { } opening && state.Mode == BotMode.Running ? $"No deal: {opening}" : null);

    public override bool NeedsEquity => settings.BaseOrderUnit == DcaUnit.EquityPercent;

    public override BotFigures Figures =>
        new(
            state.Left.Held + state.Deals.Sum(d => d.Book.Held),
            state.Left.Cost + state.Deals.Sum(d => d.Book.Cost),
            state.Realized + state.Deals.Sum(d => d.Book.Realized),
            state.DealsOver,
            state.Deals.Count,
            Orders.Where(o => o.Price is not null).Min(o => o.Price),
            Orders.Where(o => o.Price is not null).Max(o => o.Price)
        );

    public override IReadOnlyList<Deal> Deals => state.Deals;

    public override IReadOnlyList<BotLine> Lines(Market market) => [.. state.Deals.SelectMany(d => DealLines.Of(d, market))];

    public override BotStep Plan(BotContext context, IReadOnlyList<BotEvent> events)
    {
        var plan = DcaPlanner.Plan(settings, context, state, events);
        return new(new DcaProgram(settings, plan.State), plan.Actions, plan.Interest);
    }

    // Books and counters go on; keys of orders are counted over the whole bot.
    public override BotProgram Restarted() =>
        new DcaProgram(
            settings,
            state with
            {
                Mode = BotMode.Running,
                OpeningProblem = null,
                ReadyAt = null,
                StartAskedBy = null,
                NextStart = null,
            }
        );

    public override ProfitSplit Profit(decimal price) => ProfitSplit.Of(state, settings.Direction, price);

    private static string? DealProblem(Deal deal) =>
        deal.Problem is { } problem ? $"Deal {deal.Number}: {problem}"
        : deal.Lines.FirstOrDefault(l => l.Status is LineStatus.NeedsYou or LineStatus.CancelledByYou) is { } line
            ? $"Deal {deal.Number}: {line.Problem ?? $"safety order {line.Number} was cancelled at the exchange; put it back, or leave it"}"
        : null;
}
