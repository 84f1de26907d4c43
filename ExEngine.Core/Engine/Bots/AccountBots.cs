using ExEngine.Core.Bots.Running;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Engine.Bots;

/// <summary>
/// The bots of one account in its loop's memory. They are read at the start, when somebody changed one, and twice a minute; a tick costs
/// a comparison for each. Only <see cref="MarkChanged"/> may be called from another thread.
/// </summary>
internal sealed class AccountBots
{
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Guid, RunningBot> _bots = [];
    private volatile bool _isChanged = true;
    private DateTime _readAt;
    private AccountState? _noted;

    public IReadOnlyCollection<RunningBot> All => _bots.Values;

    /// <summary>Somebody changed a bot of the account.</summary>
    public void MarkChanged() => _isChanged = true;

    public bool IsDue(DateTime now) => _isChanged || now - _readAt >= ReadAgain;

    /// <summary>Before reading: what changes from here on is read by the next.</summary>
    public void BeginRead(DateTime now) => (_isChanged, _readAt) = (false, now);

    /// <summary>Takes what was read. A row of the version that is in memory is that row: its state is not parsed again.</summary>
    public void Take(IReadOnlyList<Bot> rows, ILookup<Guid, BotRequest> requests)
    {
        foreach (var gone in _bots.Keys.Except(rows.Select(r => r.Id)).ToList())
        {
            _bots.Remove(gone);
        }

        foreach (var row in rows)
        {
            if (!_bots.TryGetValue(row.Id, out var bot))
            {
                _bots.Add(row.Id, bot = new RunningBot(row));
            }
            else if (bot.Row.Version != row.Version)
            {
                bot.Take(row);
            }

            bot.Requests = [.. requests[row.Id].OrderBy(r => r.At).ThenBy(r => r.Id)];
        }

        _noted = null;
    }

    /// <summary>Looks once at each reading of the account which bots have news in it.</summary>
    public void Note(AccountState state)
    {
        if (ReferenceEquals(state, _noted) || _bots.Count == 0)
        {
            return;
        }

        _noted = state;
        var heard = new Dictionary<Guid, HashCode>();
        var legs = new HashSet<(Guid, string)>();
        foreach (var order in state.Orders.Where(o => o.OwnerKind == OwnerKind.Bot))
        {
            legs.Add((order.OriginId, order.Leg));
            Add(heard, order.OwnerId, HashCode.Combine(order.Id, order.UpdatedAt, order.Status, order.FilledQuantity));
        }

        foreach (var position in state.Positions.Where(p => p.OwnerKind == OwnerKind.Bot))
        {
            Add(heard, position.OwnerId, position.Version);
        }

        foreach (var bot in _bots.Values)
        {
            bot.Heard = heard.TryGetValue(bot.Row.Id, out var hash) ? hash.ToHashCode() : 0;
            bot.HasNews |= bot.Heard != bot.Seen || bot.Program.Orders.Any(o => !legs.Contains((bot.Row.Id, o.Key.Leg)));
        }
    }

    private static void Add(Dictionary<Guid, HashCode> heard, Guid bot, int value)
    {
        var hash = heard.GetValueOrDefault(bot);
        hash.Add(value);
        heard[bot] = hash;
    }
}
