using System.Globalization;

namespace ExEngine.Core.Bots.Dca;

/// <summary>A deal while one plan is made. The parts that plan take it, change it, and leave it to the planner to be stored.</summary>
internal sealed class DealRun
{
    public DealRun(Deal deal, BotPlanBuilder run)
    {
        (Deal, Run) = (deal, run);
        Orders = new BotOrders(deal.Orders);
        Ladder = deal.BasePrice is { } price ? DcaLadder.Of(deal.Settings, run.Market, price, deal.Scale) : [];
    }

    public Deal Deal { get; set; }
    public BotPlanBuilder Run { get; }
    public BotOrders Orders { get; }
    public IReadOnlyList<DcaLevel> Ladder { get; private set; }

    /// <summary>Lines look for funds again, though their time has not come.</summary>
    public bool FundsChanged { get; set; }
    public DcaSettings Settings => Deal.Settings;
    public BotDirection Direction => Deal.Settings.Direction;
    public BotContext Context => Run.Context;

    public string Slot(string name) => string.Create(CultureInfo.InvariantCulture, $"d{Deal.Number}.{name}");

    /// <summary>The name of a slot without its deal.</summary>
    public string Name(string slot) => slot[(slot.IndexOf('.', StringComparison.Ordinal) + 1)..];

    public void BaseIsFilled(decimal price)
    {
        Ladder = DcaLadder.Of(Settings, Run.Market, price, Deal.Scale);
        Deal = Deal with
        {
            BasePrice = price,
            Status = DealStatus.Bought,
            Lines = [.. Ladder.Select(l => new SafetyLine { Number = l.Number })],
        };
    }

    public void Set(SafetyLine line) => Deal = Deal with { Lines = [.. Deal.Lines.Select(l => l.Number == line.Number ? line : l)] };

    public void NeedsYou(string problem)
    {
        if (Deal.Problem != problem)
        {
            Deal = Deal with { Problem = problem };
            Run.Note(BotNote.NeedsYou, $"Deal {Deal.Number}: {problem}");
        }
    }

    public void Note(string text, BotNote kind = BotNote.Info) => Run.Note(kind, $"Deal {Deal.Number}: {text}");

    /// <summary>The deal as it is to be stored.</summary>
    public Deal Outcome() => Deal with { Orders = [.. Orders.All] };
}
