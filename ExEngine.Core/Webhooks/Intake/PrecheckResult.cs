using System.Globalization;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Payloads;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Intake;

/// <summary>What the intake concluded about a reading: its status, the words for the table, and the detail behind them.</summary>
public sealed record PrecheckResult
{
    private const string NoRules =
        "The exchange's rules could not be read when this came in; the numbers are checked before an order is sent.";

    public required SignalStatus Status { get; init; }
    public required SignalDetail Detail { get; init; }
    public string? Symbol { get; init; }
    public string? Code { get; init; }
    public string? Reason { get; init; }

    /// <summary>
    /// Understood or not, too old or not, within the market's rules or not, in this order. Pure.
    /// </summary>
    /// <param name="marketSet">The exchange's markets; null when they are not known at all.</param>
    /// <param name="checkAge">False for a dry run of an old payload.</param>
    public static PrecheckResult Of(SignalReading reading, SignalRules rules, MarketSet? marketSet, DateTime now, bool checkAge = true)
    {
        if ((reading.Errors.Count > 0 && reading.Refusal is null) || reading.Draft is not { } draft)
        {
            return new PrecheckResult
            {
                Status = SignalStatus.Refused,
                Code = SignalCodes.PayloadInvalid,
                Reason = string.Join(" ", reading.Errors.Select(e => e.Message)),
                Symbol = reading.Draft?.Symbol,
                Detail = new SignalDetail { Draft = reading.Draft, Errors = reading.Errors },
            };
        }

        if (reading.Refusal is { } unclear)
        {
            return Refused(draft, draft.Symbol, [], reading.Notes, unclear);
        }

        if (checkAge && SignalAge.Check(draft, rules, now, rules.ClockTolerance) is { } age)
        {
            return OfAge(draft, age);
        }

        if (draft.Bot is not null)
        {
            // What its orders may be is the bot's matter; whether there is such a bot, and what it is doing, is asked when it is told.
            return new PrecheckResult
            {
                Status = SignalStatus.Accepted,
                Symbol = draft.Symbol,
                Detail = new SignalDetail { Draft = draft, Notes = reading.Notes },
            };
        }

        return marketSet is null ? Unchecked(draft, reading.Notes) : Checked(draft, reading.Notes, rules, marketSet);
    }

    private static PrecheckResult OfAge(SignalDraft draft, SignalAgeProblem age) =>
        new()
        {
            Status = age.Status,
            Code = age.Code,
            Reason = age.Reason,
            Symbol = draft.Symbol,
            Detail = new SignalDetail
            {
                Draft = draft,
                Refusal = age.Status == SignalStatus.Refused ? new OrderRefusal(age.Code, "time", null, null, [], age.Reason) : null,
            },
        };

    private static PrecheckResult Unchecked(SignalDraft draft, IReadOnlyList<string> notes) =>
        new()
        {
            Status = SignalStatus.Accepted,
            Symbol = draft.Symbol,
            Detail = new SignalDetail { Draft = draft, Notes = [.. notes, NoRules] },
        };

    private static PrecheckResult Checked(SignalDraft draft, IReadOnlyList<string> said, SignalRules rules, MarketSet marketSet)
    {
        var match = marketSet.Resolve(draft.Symbol!);
        if (match.Market is not { } market)
        {
            return Refused(draft, draft.Symbol, [], [], match.Refusal!);
        }

        var notes = said.ToList();
        if (marketSet.Stale)
        {
            notes.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{marketSet.Exchange} does not answer; its rules are those of {marketSet.FetchedAt:yyyy-MM-dd HH:mm} UTC."
                )
            );
        }

        var intent = SignalIntent.Of(draft);
        if (intent.Kind is IntentKind.Nothing or IntentKind.CancelOrders)
        {
            return SpotRule.Refusal(market) is { } derivative
                ? Refused(draft, market.Symbol, [], notes, derivative)
                : Accepted(draft, market, [], intent.Note is { } note ? [.. notes, note] : notes);
        }

        // As the planner will make it, and only what it will send; a cost alone has no quantity before there is a price, and is
        // measured as it is.
        var sized = intent.Kind != IntentKind.ExitAll;
        if (sized && UsdSizeRule.Refusal(draft, market) is { } dollars)
        {
            return Refused(draft, market.Symbol, [], notes, dollars);
        }

        var side = intent.Kind is IntentKind.Enter or IntentKind.Add ? OrderSide.Buy : OrderSide.Sell;
        var (order, changes) = PlanDraft.Of(draft, market, rules.Rounding, side, sized);
        order =
            order.Quantity is null && sized && (side == OrderSide.Buy || SignalIntent.HasOwnSize(draft))
                ? order with
                {
                    Cost = draft.Cost,
                }
                : order;
        notes.AddRange(changes.Select(c => $"{c.Field}: asked {c.Asked}, sent {c.Sent}."));
        if (market.RulesNote is { } unknown && (order.Price ?? order.StopPrice) is not null)
        {
            notes.Add(unknown);
        }

        var verdict = OrderValidator.Check(order, market, null);
        return verdict.Refusal is { } refusal
            ? Refused(draft, market.Symbol, verdict.Checks, notes, refusal)
            : Accepted(draft, market, verdict.Checks, notes);
    }

    private static PrecheckResult Accepted(
        SignalDraft draft,
        Market market,
        IReadOnlyList<OrderCheck> checks,
        IReadOnlyList<string> notes
    ) =>
        new()
        {
            Status = SignalStatus.Accepted,
            Symbol = market.Symbol,
            Detail = new SignalDetail
            {
                Draft = draft,
                Checks = checks,
                Notes = notes,
            },
        };

    private static PrecheckResult Refused(
        SignalDraft draft,
        string? symbol,
        IReadOnlyList<OrderCheck> checks,
        IReadOnlyList<string> notes,
        OrderRefusal refusal
    ) =>
        new()
        {
            Status = SignalStatus.Refused,
            Code = refusal.Code,
            Reason = refusal.Message,
            Symbol = symbol,
            Detail = new SignalDetail
            {
                Draft = draft,
                Checks = checks,
                Refusal = refusal,
                Notes = notes,
            },
        };
}
