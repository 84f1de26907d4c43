using System.Globalization;
using ExEngine.Core.Alarms;
using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Data;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Events;
using ExEngine.Core.Hosting;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Positions;
using ExEngine.Core.Risk;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Engine.Bots;

/// <summary>
/// Writes a bot's plan in one commit: its next state, the orders that it places or wants cancelled, its journal, and that what it was told
/// is told. A crash before it finds what was there before, and the same plan has the same client order ids.
/// </summary>
internal sealed class BotWriter(
    AccountLeases leases,
    OrderPlacer placer,
    AlarmBook alarms,
    BotRecords records,
    BotAbsence absence,
    ChangeFeed feed,
    TimeProvider time,
    IOptions<ExecutionOptions> options
)
{
    /// <summary>A refused order is told to the planner at once, which never asks for the same again in the same moment.</summary>
    private const int MaxRefusals = 10;

    /// <param name="mayFetch">Write nothing when a limit needs a price that can be fetched.</param>
    public async Task<BotWritten> WriteAsync(
        AccountSession session,
        RunningBot bot,
        BotDecision decision,
        bool mayFetch,
        CancellationToken cancellationToken
    )
    {
        await using var write = await leases.BeginAsync(session.Claim, cancellationToken);
        var row = await write.Db.Bots.SingleOrDefaultAsync(b => b.Id == bot.Row.Id, cancellationToken);
        if (row is null || row.Version != bot.Row.Version)
        {
            return BotWritten.Changed;
        }

        var now = time.GetUtcNow().UtcDateTime;
        var orders = new List<Order>();
        var (step, isCancelling) = (decision.Step, false);
        var hasFillNotes = step.Actions.Any(a => a is BotAction.Note { IsOfFill: true });
        var isCatchingUp = hasFillNotes && await absence.IsCatchingUpAsync(write.Db, row, decision.News, cancellationToken);
        for (var refusals = 0; ; refusals++)
        {
            var refused = new List<BotEvent>();
            foreach (var action in step.Actions)
            {
                switch (action)
                {
                    case BotAction.Place place:
                        var request = Request(session, row, decision.Context, place, now);
                        var placement = await PlaceAsync(write.Db, request, orders, cancellationToken);
                        if (mayFetch && placement.Verdict.Missing is { MayBeFetched: true })
                        {
                            return BotWritten.Needs(placement.Verdict);
                        }

                        if (placement.Refusal is { } refusal)
                        {
                            refused.Add(new BotEvent.Ended(place.Key, BotNewsReader.Refused(refusal.Code), 0, refusal.Message));
                        }

                        break;
                    case BotAction.Cancel cancel:
                        isCancelling = true;
                        await CancelAsync(write.Db, row, cancel.Key.Leg, now, cancellationToken);
                        break;
                    case BotAction.DealOver over:
                        await KeepAsync(write.Db, row, over.Deal, now, cancellationToken);
                        break;
                    case BotAction.Note note when !(note.IsOfFill && isCatchingUp):
                        records.Journal(write.Db, row, note.Kind, note.Text);
                        break;
                }
            }

            if (refused.Count == 0)
            {
                break;
            }

            if (refusals == MaxRefusals)
            {
                throw new InvalidOperationException("The planner asks again and again for what is refused.");
            }

            step = step.After.Plan(decision.Context, refused);
        }

        var isAlarmNew = await StoreAsync(write.Db, row, step.After, now, cancellationToken);
        await absence.TellAsync(write.Db, row, decision.News, decision.Context.Market, cancellationToken);
        await ToldAsync(write.Db, bot, decision.News, now, cancellationToken);
        Failpoint.Reach("bot.beforeCommit");
        await write.CommitAsync(cancellationToken);
        Failpoint.Reach("bot.afterCommit");
        Announce(session, row, orders.Count > 0 || isCancelling, isAlarmNew);
        return new(row, step.After, step.Interest, orders, orders.Count > 0 || isCancelling, null);
    }

    /// <param name="orders">Placed in this transaction before; the new one joins them.</param>
    private async Task<PlacementResult> PlaceAsync(AppDb db, OrderRequest request, List<Order> orders, CancellationToken cancellationToken)
    {
        var placement = await placer.PlaceAsync(db, request, cancellationToken);
        if (placement.Order is { } order)
        {
            orders.Add(order);
            if (!ReferenceEquals(placement.Verdict, RiskVerdict.Passed))
            {
                await db.SaveChangesAsync(cancellationToken); // the limits of the next count this one
            }
        }

        return placement;
    }

    private OrderRequest Request(AccountSession session, Bot bot, BotContext context, BotAction.Place place, DateTime now)
    {
        var draft = place.Order.Draft;

        // What would be worth something else when it is late is not sent late; a resting order and an exit are.
        var isForNow = draft.Type == OrderType.Market || draft.TimeInForce == TimeInForce.ImmediateOrCancel;
        return new()
        {
            UserId = session.UserId,
            AccountId = session.Id,
            Owner = new PositionOwner(OwnerKind.Bot, bot.Id),
            Origin = OrderOrigin.Bot,
            OriginId = bot.Id,
            Leg = place.Key.Leg,
            Generation = 1,
            Effect = place.Effect,
            Order = place.Order,
            ReferencePrice = context.Price,
            ExpiresAt = isForNow && place.Effect == Effect.Open ? now + options.Value.TimeToLive : null,
        };
    }

    private static Task<int> CancelAsync(AppDb db, Bot bot, string leg, DateTime now, CancellationToken cancellationToken) =>
        db.Orders.Where(o => o.OriginId == bot.Id && o.Leg == leg && o.FinishedAt == null).AskToCancelAsync(now, cancellationToken);

    private static async Task KeepAsync(AppDb db, Bot bot, Deal deal, DateTime now, CancellationToken cancellationToken)
    {
        var slots = string.Create(CultureInfo.InvariantCulture, $"d{deal.Number}.");
        var orders = db.Orders.Where(o => o.OriginId == bot.Id && o.Leg.StartsWith(slots)).Select(o => o.Id);
        var side = deal.Settings.Direction.EntrySide();
        var entered = await db
            .Fills.Where(f => orders.Contains(f.OrderId) && f.Side == side)
            .Select(f => f.Cost)
            .ToListAsync(cancellationToken);
        db.Add(
            new BotDeal
            {
                BotId = bot.Id,
                Number = deal.Number,
                UserId = bot.UserId,
                AccountId = bot.AccountId,
                Status = deal.Status,
                OpenedAt = deal.OpenedAt,
                ClosedAt = now,
                SafetyOrders = deal.Lines.Count(l => l.Filled > 0),
                Entered = entered.Sum(),
                Realized = deal.Book.Realized,
                Kept = deal.Book.Held,
                KeptCost = deal.Book.Cost,
            }
        );
    }

    /// <returns>True when an alarm began or ended.</returns>
    private async Task<bool> StoreAsync(AppDb db, Bot row, BotProgram after, DateTime now, CancellationToken cancellationToken)
    {
        var problem = after.Problem is { } text ? Short(text, Bot.MaxProblem) : null;
        var had = row.Problem;
        (row.State, row.Problem, row.HasRequests, row.UpdatedAt) = (after.State, problem, false, now);
        row.Version++;
        if (after.IsOver && row.Status != BotStatus.Stopped)
        {
            (row.Status, row.StoppedAt) = (BotStatus.Stopped, now);
            records.Journal(db, row, BotNote.Info, "The bot has stopped");
        }

        return problem == had ? false
            : problem is null ? await alarms.EndAsync(db, row.UserId, AlarmKind.BotNeedsYou, row.Id.ToString(), cancellationToken)
            : await alarms.RaiseAsync(
                db,
                new Alarm
                {
                    UserId = row.UserId,
                    Kind = AlarmKind.BotNeedsYou,
                    Subject = row.Id.ToString(),
                    AccountId = row.AccountId,
                    Symbol = row.Symbol,
                    Message = $"{row.Name}: {problem}",
                },
                cancellationToken
            );
    }

    private static async Task ToldAsync(AppDb db, RunningBot bot, BotNews news, DateTime now, CancellationToken cancellationToken)
    {
        if (news.Fills.Count > 0)
        {
            await db
                .Fills.Where(f => news.Fills.Contains(f.Id))
                .ExecuteUpdateAsync(s => s.SetProperty(f => f.IsUntold, (bool?)null), cancellationToken);
        }

        if (bot.Requests.Count > 0)
        {
            var done = bot.Requests.Select(r => r.Id).ToList();
            await db
                .BotRequests.Where(r => done.Contains(r.Id))
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.DoneAt, now), cancellationToken);
        }
    }

    private void Announce(AccountSession session, Bot bot, bool hasOrders, bool isAlarmNew)
    {
        feed.Publish(new ChangeEvent(session.UserId, ChangeKind.Bot, bot.Id, session.Id, IsNotice: true));
        if (hasOrders)
        {
            feed.Publish(new ChangeEvent(session.UserId, ChangeKind.Order, Guid.Empty, session.Id));
        }

        if (isAlarmNew)
        {
            feed.Publish(AlarmBook.Changed(session.UserId, session.Id));
        }
    }

    private static string Short(string text, int most) => text.Length <= most ? text : $"{text[..(most - 1)]}…";
}

/// <summary>What became of a plan that was to be written.</summary>
/// <param name="After">Null when nothing was written: somebody changed the bot, or prices are missing.</param>
/// <param name="Orders">Those that were planned.</param>
/// <param name="IsToBeRead">Orders are new or to be cancelled: the loop has something to do.</param>
/// <param name="Missing">Says which prices are missing for a limit.</param>
internal sealed record BotWritten(
    Bot? Row,
    BotProgram? After,
    BotInterest Interest,
    IReadOnlyList<Order> Orders,
    bool IsToBeRead,
    RiskVerdict? Missing
)
{
    /// <summary>Somebody changed the bot: it is read again.</summary>
    public static BotWritten Changed { get; } = new(null, null, BotInterest.Always, [], true, null);

    public static BotWritten Needs(RiskVerdict verdict) => Changed with { Missing = verdict };
}
