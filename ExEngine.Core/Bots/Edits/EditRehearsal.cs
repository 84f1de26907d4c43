using ExEngine.Core.Bots.Running;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Edits;

/// <summary>
/// Plays an edit through, by the planner that will carry it out and the state of now. The exchange of the rehearsal proves each cancel and
/// fills each order at market by the last price; what rests stays resting. What the orders are then, against now, is the difference.
/// </summary>
public static class EditRehearsal
{
    private const int MostRounds = 50;

    /// <param name="bot">As it runs now.</param>
    /// <param name="settings">JSON of its kind, checked.</param>
    /// <param name="context">The world of now; a bot that its exchange cannot be reached for is played as if it could.</param>
    /// <param name="asked">What the edit asks of the planner.</param>
    public static EditDiff Of(Bot bot, string settings, BotContext context, IReadOnlyList<BotEvent> asked)
    {
        var before = BotProgram.Of(bot.Kind, bot.Settings, bot.State);
        var play = new Play(BotProgram.Of(bot.Kind, settings, bot.State), context with { IsReachable = true });
        play.Name(before);
        for (var (round, events) = (0, asked); round == 0 || (events.Count > 0 && round < MostRounds); round++)
        {
            events = play.Next(events);
        }

        return EditRows.Of(before.Orders, play.Program.Orders, play.Traded, play.Names, context.Price) with
        {
            Notes = play.Notes,
        };
    }

    private sealed class Play(BotProgram program, BotContext context)
    {
        private readonly HashSet<BotOrderKey> _atOnce = [];
        private readonly List<string> _notes = [];
        private BotContext _context = context;

        public BotProgram Program { get; private set; } = program;

        /// <summary>Orders that were filled at market.</summary>
        public List<BotOrder> Traded { get; } = [];
        public Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);
        public IReadOnlyList<string> Notes => [.. _notes.Distinct()];

        public void Name(BotProgram shown)
        {
            foreach (var line in shown.Lines(_context.Market))
            {
                Names.TryAdd(line.Slot, line.Deal is { } deal ? $"Deal {deal}: {line.Name}" : line.Name);
            }
        }

        /// <returns>What the exchange tells then.</returns>
        public IReadOnlyList<BotEvent> Next(IReadOnlyList<BotEvent> events)
        {
            var step = Program.Plan(_context, events);
            Program = step.After;
            Name(Program);
            foreach (var action in step.Actions)
            {
                switch (action)
                {
                    case BotAction.Place { Order.Draft: var draft } place:
                        if (draft.TimeInForce == TimeInForce.ImmediateOrCancel)
                        {
                            _atOnce.Add(place.Key);
                        }

                        Free(draft.Side, draft.Price ?? _context.Price ?? 0, -draft.Quantity!.Value);
                        break;
                    case BotAction.Note note:
                        _notes.Add(note.Text);
                        break;
                }
            }

            return [.. Program.Orders.Select(Answer).OfType<BotEvent>()];
        }

        private BotEvent? Answer(BotOrder order)
        {
            if (order.CancelAsked)
            {
                Free(order.Side, order.Price ?? _context.Price ?? 0, order.Remaining);
                return new BotEvent.Ended(order.Key, BotOrderEnd.Canceled, order.Executed);
            }

            return (order.Type == OrderType.Market || _atOnce.Contains(order.Key)) && _context.Price is { } price
                ? Fill(order, price)
                : null;
        }

        private BotEvent.Filled Fill(BotOrder order, decimal price)
        {
            Traded.Add(order);
            var (quantity, cost, rate) = (order.Remaining, order.Remaining * price, _context.Fees.Taker(order.Side));
            var isInCoins = order.Side == OrderSide.Buy && _context.Fees.Coin == FeeCoin.Base;
            var fee = isInCoins ? quantity * rate : cost * rate;
            var asset =
                isInCoins ? _context.Market.Base
                : _context.Fees.Coin == FeeCoin.Third ? null
                : _context.Market.Quote;
            if (order.Side == OrderSide.Buy)
            {
                _context = _context with { FreeBase = _context.FreeBase + quantity - (isInCoins ? fee : 0) };
            }
            else
            {
                _context = _context with { FreeQuote = _context.FreeQuote + cost - (asset is null ? 0 : fee) };
            }

            var id = $"rehearsal-{order.Generation}";
            return new(new BotFill(id, order.Key, order.Side, price, quantity, cost, asset is null ? 0 : fee, asset, _context.Now));
        }

        // Positive when an order promises it no more.
        private void Free(OrderSide side, decimal price, decimal quantity) =>
            _context =
                side == OrderSide.Buy
                    ? _context with
                    {
                        FreeQuote = _context.FreeQuote + (price * quantity),
                    }
                    : _context with
                    {
                        FreeBase = _context.FreeBase + quantity,
                    };
    }
}
