using ExEngine.Core.Engine.Bots;
using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Events;

namespace ExEngine.Core.Engine;

/// <summary>What a price alone can change: protection, and bots. Nothing is read for it as long as nothing else happened.</summary>
internal sealed class PriceWork(ProtectionKeeper protection, BotKeeper keeper, PriceTriggers triggers, IDisposable candles) : IDisposable
{
    private readonly AccountBots _bots = new();

    public bool HasBots => _bots.All.Count > 0;

    /// <summary>Takes note when somebody changed a bot. From any thread.</summary>
    public void Hear(ChangeEvent e)
    {
        if (e.Kind == ChangeKind.Bot)
        {
            _bots.MarkChanged();
        }
    }

    /// <returns>UTC of the next look; the past when something was written and is to be read again.</returns>
    public async Task<DateTime> DoAsync(AccountSession session, AccountState state, CancellationToken cancellationToken)
    {
        var protects = await protection.KeepAsync(session, state, cancellationToken);
        var bots = await keeper.KeepAsync(session, state, _bots, cancellationToken);
        triggers.Keep(
            state.Positions.Where(p => p.Protection is not null).Select(p => p.Symbol).Concat(_bots.All.Select(b => b.Row.Symbol))
        );
        return protects < bots ? protects : bots;
    }

    public void Dispose()
    {
        triggers.Dispose();
        candles.Dispose();
    }
}
