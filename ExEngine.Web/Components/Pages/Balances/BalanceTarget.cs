using ExEngine.Core.Portfolio;
using ExEngine.Core.Webhooks;
using ExEngine.Web.Components.Pages.Positions;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Balances;

/// <summary>Who may get coins, or lose them: a position that is there, or a new one of a webhook or by hand.</summary>
/// <param name="Quantity">What the position holds now, in base; 0 for a new one.</param>
/// <param name="Name">Without what it holds.</param>
public sealed record BalanceTarget(Guid? PositionId, Guid? WebhookId, decimal Quantity, string Name)
{
    /// <summary>For the reader, so made only where it is shown.</summary>
    public string Words => PositionId is null ? Name : $"{Name}, holds {AmountText.Of(Quantity)}";
}

/// <summary>Lists the choices for one asset of an account.</summary>
public sealed class BalanceTargets(PositionQuery positions, WebhookService webhooks)
{
    private const int MaxRows = 500;

    /// <param name="held">Only positions that hold some of it, the largest first; otherwise also where a new position may begin.</param>
    public async Task<IReadOnlyList<BalanceTarget>> ListAsync(
        Guid userId,
        Guid accountId,
        string asset,
        bool held,
        CancellationToken cancellationToken
    )
    {
        var rows = await positions.ListAsync(userId, null, accountId, null, MaxRows, cancellationToken);
        var known = rows.Where(p => p.Base == asset && (!held || p.Quantity > 0)).OrderByDescending(p => p.Quantity).ToList();
        List<BalanceTarget> targets =
        [
            .. known.Select(p => new BalanceTarget(p.Id, null, p.Quantity, $"{PositionLabels.Owner(p)}, {p.Symbol}")),
        ];
        if (!held)
        {
            var endpoints = await webhooks.ListAsync(userId, null, MaxRows, cancellationToken);
            targets.Add(new(null, null, 0, "By hand, a new position"));
            targets.AddRange(
                endpoints
                    .Where(w => w.AccountId == accountId && w.TradesWithId is null)
                    .Select(w => new BalanceTarget(null, w.Id, 0, $"Webhook {w.Name}, a new position"))
            );
        }

        return targets;
    }
}
