using System.Globalization;

namespace ExEngine.Core.Bots.Dca;

/// <summary>What fills and ends of orders, and what a person asked for, change in a deal, before anything is planned.</summary>
internal static class DealEvents
{
    private const int MostFailures = 3;
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(60);

    public static void Apply(DealRun deal, BotEvent happened)
    {
        switch (happened)
        {
            case BotEvent.Filled(var fill):
                Fill(deal, fill);
                break;
            case BotEvent.Ended end when deal.Orders.End(end) is { } ended:
                Ended(deal, ended.Order, ended.How, end.Reason);
                break;
            case BotEvent.FundsChanged:
                deal.FundsChanged = true;
                break;
            case BotEvent.CloseAsked:
                deal.Deal = deal.Deal with { Closing = DealEnd.Asked };
                break;
            case BotEvent.CancelAsked:
                deal.Deal = deal.Deal with { Closing = deal.Deal.Closing ?? DealEnd.Kept };
                break;
            case BotEvent.TargetsEdited edit:
                deal.Deal = deal.Deal with
                {
                    TakeProfitEdit = edit.TakeProfit ?? deal.Deal.TakeProfitEdit,
                    StopLossEdit = edit.StopLoss ?? deal.Deal.StopLossEdit,
                    Basis = deal.Deal.Basis + 1,
                };
                break;
            case BotEvent.LineAnswered(var slot, var putBack):
                Answered(deal, deal.Name(slot), slot, putBack);
                break;
            default:
                break;
        }
    }

    private static void Fill(DealRun deal, BotFill fill)
    {
        if (SeenTrades.With(deal.Deal.Trades, fill.TradeId) is not { } trades)
        {
            return;
        }

        var name = deal.Name(fill.Key.Slot);
        var enters = fill.Side == deal.Direction.EntrySide();
        deal.Deal = deal.Deal with
        {
            Trades = trades,
            Book = BookMath.Apply(deal.Deal.Book, deal.Direction, fill, deal.Run.Market),
            Basis = deal.Deal.Basis + (enters ? 1 : 0),
            BasisAt = enters ? deal.Run.Now : deal.Deal.BasisAt,
            BaseQuantity = deal.Deal.BaseQuantity + (name == "base" ? fill.Quantity : 0),
            BaseCost = deal.Deal.BaseCost + (name == "base" ? fill.Cost : 0),
        };
        if (Line(deal, name) is { } line)
        {
            deal.Set(line with { Filled = line.Filled + fill.Quantity, Failures = 0 });
            Better(deal, line.Number, fill);
        }

        if (deal.Orders.Count(fill) is { } ended)
        {
            Ended(deal, ended.Order, ended.How, null);
        }
    }

    private static void Better(DealRun deal, int number, BotFill fill)
    {
        var level = deal.Ladder[number - 1];
        var percent = (level.Price - fill.Price) / level.Price * 100 * deal.Direction.Sign();
        if (percent >= 0.1m)
        {
            var shown = percent.ToString("0.#", CultureInfo.InvariantCulture);
            var side = deal.Direction == BotDirection.Long ? "below" : "above";
            deal.Run.NoteFill($"Deal {deal.Deal.Number}: safety order {number} was filled {shown} % {side} its line");
        }
    }

    private static void Ended(DealRun deal, BotOrder order, BotOrderEnd how, string? reason)
    {
        var name = deal.Name(order.Slot);
        if (name == "base")
        {
            DealOpening.Ended(deal, order, how, reason);
        }
        else if (Line(deal, name) is { } line)
        {
            deal.Set(LineAfter(deal, line, order, how, reason));
        }
        else if (name.StartsWith("tp", StringComparison.Ordinal) && how == BotOrderEnd.Filled)
        {
            var step = int.Parse(name.AsSpan(2), CultureInfo.InvariantCulture);
            deal.Deal = deal.Deal with { StepsDone = [.. deal.Deal.StepsDone, step] };
        }
        else if (how != BotOrderEnd.Filled && !order.CancelAsked && order.Side == deal.Direction.ExitSide())
        {
            ExitLost(deal, order, how, reason);
        }
    }

    private static SafetyLine LineAfter(DealRun deal, SafetyLine line, BotOrder order, BotOrderEnd how, string? reason)
    {
        if (how == BotOrderEnd.Filled || line.Filled >= deal.Ladder[line.Number - 1].Quantity)
        {
            return line with { Status = LineStatus.Done, Problem = null };
        }

        if (order.CancelAsked || how is BotOrderEnd.NotPlaced)
        {
            return line with { Status = LineStatus.Planned };
        }

        if (how == BotOrderEnd.NotNow)
        {
            return line with { Status = LineStatus.Planned, RetryAt = deal.Run.Now + Retry };
        }

        if (how == BotOrderEnd.Canceled)
        {
            return CancelledByUser(deal, line);
        }

        var failures = line.Failures + 1;
        var problem = $"safety order {line.Number} was not taken by the exchange ({how}{(reason is null ? "" : ": " + reason)})";
        deal.Note(problem, failures >= MostFailures ? BotNote.NeedsYou : BotNote.Warning);
        return line with
        {
            Status = failures >= MostFailures ? LineStatus.NeedsYou : LineStatus.Planned,
            Failures = failures,
            RetryAt = deal.Run.Now + Retry,
            Problem = problem,
        };
    }

    private static SafetyLine CancelledByUser(DealRun deal, SafetyLine line)
    {
        var rule = deal.Settings.RestoreCancelled;
        if (rule == CancelledLine.PutBack && !(line.PutBackAt > deal.Run.Now - TimeSpan.FromHours(1)))
        {
            deal.Note($"safety order {line.Number} was cancelled at the exchange and is put back", BotNote.Warning);
            return line with { Status = LineStatus.Planned, PutBackAt = deal.Run.Now };
        }

        var asks = rule != CancelledLine.Leave;
        deal.Note(
            $"safety order {line.Number} was cancelled at the exchange{(asks ? "; put it back, or leave it" : " and stays out")}",
            asks ? BotNote.NeedsYou : BotNote.Info
        );
        return line with { Status = asks ? LineStatus.CancelledByYou : LineStatus.Skipped };
    }

    private static void ExitLost(DealRun deal, BotOrder order, BotOrderEnd how, string? reason)
    {
        if (how is BotOrderEnd.NotPlaced or BotOrderEnd.NotNow or BotOrderEnd.Rejected or BotOrderEnd.Denied or BotOrderEnd.Expired)
        {
            deal.Deal = deal.Deal with { ExitRetryAt = how == BotOrderEnd.NotPlaced ? null : deal.Run.Now + Retry };
            if (how is BotOrderEnd.Rejected or BotOrderEnd.Denied or BotOrderEnd.Expired)
            {
                deal.Note($"an exit was not taken by the exchange ({how}{(reason is null ? "" : ": " + reason)})", BotNote.Warning);
            }

            return;
        }

        if (deal.Settings.RestoreCancelled == CancelledLine.PutBack && !(deal.Deal.ExitPutBackAt > deal.Run.Now - TimeSpan.FromHours(1)))
        {
            deal.Deal = deal.Deal with { ExitPutBackAt = deal.Run.Now };
            deal.Note("the take-profit was cancelled at the exchange and is put back", BotNote.Warning);
            return;
        }

        deal.Deal = deal.Deal with { HeldExits = [.. deal.Deal.HeldExits, order.Slot] };
        deal.NeedsYou("the take-profit was cancelled at the exchange; put it back, or leave it");
    }

    private static void Answered(DealRun deal, string name, string slot, bool putBack)
    {
        if (Line(deal, name) is { } line)
        {
            deal.Set(
                line with
                {
                    Status = putBack ? LineStatus.Planned : LineStatus.Skipped,
                    Failures = 0,
                    RetryAt = null,
                    Problem = null,
                }
            );
        }
        else if (putBack)
        {
            deal.Deal = deal.Deal with { HeldExits = [.. deal.Deal.HeldExits.Where(s => s != slot)], Problem = null };
        }
        else
        {
            deal.Deal = deal.Deal with { Problem = null };
        }
    }

    private static SafetyLine? Line(DealRun deal, string name) =>
        name.StartsWith("so", StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? deal.Deal.Lines.FirstOrDefault(l => l.Number == number)
            : null;
}
