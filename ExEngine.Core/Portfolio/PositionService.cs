using ExEngine.Core.Alarms;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Positions;
using ExEngine.Core.Protection;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Portfolio;

/// <summary>
/// Where people and scripts close positions and set their protection, for pages and REST alike. It writes what is wanted; the owner
/// of the account cancels what is in the way and sells. Every method takes the user whose rows it may touch, and may take the id of the
/// press or of the request: the same one again changes nothing.
/// </summary>
public sealed class PositionService(
    IDbContextFactory<AppDb> databases,
    PriceFeed prices,
    MarketCatalog markets,
    AlarmBook alarms,
    BotRecords bots,
    SequentialIds ids,
    ChangeFeed feed,
    TimeProvider time
)
{
    internal const int MaxPresses = 20;

    public Task<PositionResult> CloseAsync(Guid userId, Guid positionId, decimal percent, CancellationToken cancellationToken) =>
        CloseAsync(userId, ids.Next(), positionId, percent, cancellationToken);

    /// <param name="press">Id of the button press or of the request.</param>
    /// <param name="percent">Of what is held: above 0, at most 100. All of it cancels the symbol's open orders first.</param>
    public async Task<PositionResult> CloseAsync(
        Guid userId,
        Guid press,
        Guid positionId,
        decimal percent,
        CancellationToken cancellationToken
    )
    {
        if (percent is <= 0 or > 100)
        {
            return new PositionResult.Invalid(
                new Dictionary<string, string[]> { ["percent"] = ["The percent is above 0 and at most 100."] }
            );
        }

        OrderRefusal? refusal = null;
        var result = await ChangeAsync(
            userId,
            positionId,
            async (db, p) =>
            {
                if (await bots.FindActiveAsync(db, p, cancellationToken) is { } bot)
                {
                    // It sells by its own plan, or it would buy again at once.
                    refusal = percent < 100 ? BotRecords.OnlyAll(bot) : null;
                    return refusal is null && await bots.CloseAsync(db, bot, press, cancellationToken);
                }

                if (
                    p.CloseRequestId == press
                    || await db.Orders.AnyAsync(o => o.OriginId == press && o.UserId == userId, cancellationToken)
                )
                {
                    return false;
                }

                (p.CloseRequestId, p.CloseShare, p.CloseRequestedAt) = (press, percent, Now);
                (p.CloseCode, p.CloseReason) = (null, null);
                return true;
            },
            cancellationToken
        );
        return refusal is null ? result : new PositionResult.Refused(refusal);
    }

    /// <summary>Closes everything that is held: of the user, or of one account.</summary>
    /// <returns>How many positions.</returns>
    public async Task<int> CloseAllAsync(Guid userId, Guid? accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var open = await db
            .Positions.AsNoTracking()
            .Where(p => p.UserId == userId && (accountId == null || p.AccountId == accountId) && p.OpenedAt != null)
            .Select(p => p.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in open)
        {
            await CloseAsync(userId, id, 100, cancellationToken);
        }

        return open.Count;
    }

    public Task<PositionResult> ProtectAsync(Guid userId, Guid positionId, ProtectionInput input, CancellationToken cancellationToken) =>
        ProtectAsync(userId, ids.Next(), positionId, input, cancellationToken);

    /// <summary>
    /// Replaces the position's take-profits and stop; an empty plan takes them away. One that would sell at once at the market's price is
    /// refused unless it says that it is meant.
    /// </summary>
    /// <param name="press">Id of the button press or of the request.</param>
    public async Task<PositionResult> ProtectAsync(
        Guid userId,
        Guid press,
        Guid positionId,
        ProtectionInput input,
        CancellationToken cancellationToken
    )
    {
        var checkedInput = await new ProtectionInputValidator().ValidateAsync(input, cancellationToken);
        if (!checkedInput.IsValid)
        {
            return new PositionResult.Invalid(checkedInput.ToDictionary());
        }

        var (market, price) = input.Confirm == true ? (null, null) : await MarketAsync(userId, positionId, cancellationToken);
        OrderRefusal? refusal = null;
        var result = await ChangeAsync(
            userId,
            positionId,
            async (db, p) =>
            {
                if (await bots.FindActiveAsync(db, p, cancellationToken) is { } bot)
                {
                    refusal = BotRecords.OwnProtection(bot);
                    return false;
                }

                var current = ProtectionPlan.Read(p.Protection);
                if (current is not null && Presses(current).Contains(press))
                {
                    return false;
                }

                var plan = input.ToPlan(press) with { Presses = [.. Presses(current).TakeLast(MaxPresses), press] };
                refusal = input.Confirm == true ? null : ProtectionSides.Check(plan, p, market, price);
                if (refusal is not null)
                {
                    return false;
                }

                p.Protection = plan.Write();
                if (current?.InForce?.State.IsAlarmed == true)
                {
                    // The new plan says for itself when it is not in force.
                    await alarms.EndAsync(db, userId, AlarmKind.StopNotInForce, p.Id.ToString(), cancellationToken);
                }

                return true;
            },
            cancellationToken
        );
        return refusal is null ? result : new PositionResult.Refused(refusal);
    }

    /// <summary>A fresh press id, for callers that have none of their own.</summary>
    public Guid NewKey() => ids.Next();

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    internal static IEnumerable<Guid> Presses(ProtectionPlan? plan) => plan is null ? [] : [.. Presses(plan.Former), .. plan.Presses];

    private async Task<(Market? Market, Ticker? Price)> MarketAsync(Guid userId, Guid positionId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var place = await db
            .Positions.Where(p => p.Id == positionId && p.UserId == userId)
            .Join(db.ExchangeAccounts, p => p.AccountId, a => a.Id, (p, a) => new { a.Exchange, p.Symbol })
            .SingleOrDefaultAsync(cancellationToken);
        if (place is null || (await markets.FindAsync(place.Exchange, cancellationToken))?.Resolve(place.Symbol).Market is not { } market)
        {
            return (null, null);
        }

        await prices.GetAsync(place.Exchange, place.Symbol, cancellationToken);
        return (market, prices.Fresh(place.Exchange, place.Symbol));
    }

    /// <param name="change">False leaves the position as it is.</param>
    private async Task<PositionResult> ChangeAsync(
        Guid userId,
        Guid positionId,
        Func<AppDb, Position, Task<bool>> change,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var position = await PositionRows.LockAsync(db, positionId, cancellationToken);
        if (position is null || position.UserId != userId)
        {
            return new PositionResult.NotFound();
        }

        if (!await change(db, position))
        {
            return new PositionResult.Done(position);
        }

        position.UpdatedAt = Now;
        position.Version++;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(new ChangeEvent(userId, ChangeKind.Position, position.Id, position.AccountId));
        return new PositionResult.Done(position);
    }
}
