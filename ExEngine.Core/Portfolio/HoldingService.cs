using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Positions;
using ExEngine.Core.Text;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Portfolio;

/// <summary>
/// What an account holds at the exchange against what its positions say, and how a person brings the two together: assigns what no position
/// holds, writes off what is gone. Every method takes the user whose rows it may touch.
/// </summary>
public sealed class HoldingService(
    IDbContextFactory<AppDb> databases,
    AccountService accounts,
    ExchangeFactory exchanges,
    MarketCatalog markets,
    PriceFeed prices,
    BookEntries entries,
    SequentialIds ids,
    ChangeFeed feed,
    TimeProvider time
)
{
    private const string UsualQuote = "USDT";

    /// <returns>Null when there is no such account; by asset otherwise.</returns>
    public async Task<(IReadOnlyList<AssetHolding>? Holdings, string? Problem)> ListAsync(
        Guid userId,
        Guid accountId,
        CancellationToken cancellationToken
    ) =>
        await accounts.FindAsync(userId, accountId, cancellationToken) is { } account
            ? await ListAsync(account, cancellationToken)
            : (null, null);

    public async Task<HoldingResult> AssignAsync(
        Guid userId,
        Guid accountId,
        string asset,
        AssignInput input,
        CancellationToken cancellationToken
    )
    {
        if (await accounts.FindAsync(userId, accountId, cancellationToken) is not { } account)
        {
            return new HoldingResult.NotFound();
        }

        if (input.Errors() is { Count: > 0 } errors)
        {
            return new HoldingResult.Invalid(errors);
        }

        var (holdings, problem) = await ListAsync(account, cancellationToken);
        if (problem is not null)
        {
            return new HoldingResult.Unknown(problem);
        }

        var (asked, left) = (input.Quantity!.Value, Math.Max(holdings.FirstOrDefault(h => h.Asset == asset)?.Unassigned ?? 0, 0));
        if (asked > left)
        {
            var words = $"{ExactJson.Text(left)} {asset} belong to no position; assign that or less.";
            return new HoldingResult.Refused(OrderServiceRefusals.TooMuch(HoldingCodes.NotUnassigned, asked, left, words));
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (target, invalid) = await TargetAsync(db, account, asset, input, cancellationToken);
        if (target is null)
        {
            return invalid!;
        }

        // Before the transaction: it may ask the exchange.
        var cost = input.Cost ?? (await prices.GetAsync(account.Exchange, target.Symbol, cancellationToken))?.Last * asked;
        if (cost is null)
        {
            return Invalid(nameof(input.Cost), "No price is known now; state what they cost altogether.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var position = await PositionRows.LockAsync(db, target.Id, cancellationToken) ?? db.Add(target).Entity;
        entries.Add(db, position, FillKind.External, OrderSide.Buy, asked, cost.Value);
        return await SaveAsync(db, transaction, position, cancellationToken);
    }

    public async Task<HoldingResult> WriteOffAsync(
        Guid userId,
        Guid accountId,
        string asset,
        WriteOffInput input,
        CancellationToken cancellationToken
    )
    {
        if (await accounts.FindAsync(userId, accountId, cancellationToken) is null)
        {
            return new HoldingResult.NotFound();
        }

        if (input.PositionId is null || input.Quantity is not > 0)
        {
            return Invalid(nameof(input.Quantity), "State positionId, and a quantity above 0.");
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (
            await PositionRows.LockAsync(db, input.PositionId.Value, cancellationToken) is not { } position
            || !IsOf(position, userId, accountId, asset)
        )
        {
            return new HoldingResult.NotFound();
        }

        var (asked, held) = (input.Quantity.Value, position.Quantity);
        if (asked > held)
        {
            var words = $"The position holds {ExactJson.Text(held)} {asset}; write off that or less.";
            return new HoldingResult.Refused(OrderServiceRefusals.TooMuch(HoldingCodes.MoreThanHeld, asked, held, words));
        }

        entries.Add(db, position, FillKind.Adjustment, OrderSide.Sell, asked, Proportion.Of(position.EntryCost, asked, held));
        return await SaveAsync(db, transaction, position, cancellationToken);
    }

    /// <summary>What the exchange says against what the positions say, for balances that were read just now; by asset.</summary>
    public async Task<IReadOnlyList<AssetHolding>> CompareAsync(
        ExchangeAccount account,
        IReadOnlyList<AssetBalance> balances,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var held = await db
            .Positions.AsNoTracking()
            .Where(p => p.AccountId == account.Id)
            .Select(p => new { p.Base, p.Quantity })
            .ToListAsync(cancellationToken);
        var open = await db
            .Orders.AsNoTracking()
            .Where(o => o.AccountId == account.Id && o.SettledAt == null)
            .ToListAsync(cancellationToken);
        return HoldingComparison.Of(balances, held.ToLookup(p => p.Base, p => p.Quantity), open);
    }

    private async Task<(IReadOnlyList<AssetHolding> Holdings, string? Problem)> ListAsync(
        ExchangeAccount account,
        CancellationToken cancellationToken
    )
    {
        var answer = await exchanges.Of(account).BalancesAsync(cancellationToken);
        return answer.Value is { } balances
            ? (await CompareAsync(account, balances, cancellationToken), null)
            : ([], answer.Fault!.Message);
    }

    /// <summary>The position that is to get the coins, as it is or new; or why there is none.</summary>
    private async Task<(Position? Position, HoldingResult? Instead)> TargetAsync(
        AppDb db,
        ExchangeAccount account,
        string asset,
        AssignInput input,
        CancellationToken cancellationToken
    )
    {
        if (input.PositionId is { } id)
        {
            var known = await db.Positions.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken);
            return known is not null && IsOf(known, account.UserId, account.Id, asset)
                ? (known, null)
                : (null, new HoldingResult.NotFound());
        }

        var owner = PositionOwner.Manual;
        if (input.WebhookId is { } webhookId)
        {
            var webhook = await db
                .Webhooks.AsNoTracking()
                .SingleOrDefaultAsync(
                    w => w.Id == webhookId && w.UserId == account.UserId && w.AccountId == account.Id && w.DeletedAt == null,
                    cancellationToken
                );
            if (webhook is null)
            {
                return (null, new HoldingResult.NotFound());
            }

            owner = PositionOwner.Webhook(webhook.TradesWithId ?? webhook.Id);
        }

        var match = (await markets.FindAsync(account.Exchange, cancellationToken))?.Resolve(input.Symbol ?? $"{asset}/{UsualQuote}");
        if (match?.Market is not { } market || market.Base != asset)
        {
            return (null, Invalid(nameof(input.Symbol), match?.Refusal?.Message ?? $"State the market, such as {asset}/{UsualQuote}."));
        }

        var position = await db
            .Positions.AsNoTracking()
            .SingleOrDefaultAsync(p => p.AccountId == account.Id && p.Symbol == market.Symbol && p.OwnerId == owner.Id, cancellationToken);
        var names = (market.Symbol, market.Base, market.Quote);
        return (position ?? Position.New(ids.Next(), account.UserId, account.Id, names, owner, time.GetUtcNow().UtcDateTime), null);
    }

    private static bool IsOf(Position position, Guid userId, Guid accountId, string asset) =>
        position.UserId == userId && position.AccountId == accountId && position.Base == asset;

    private static HoldingResult.Invalid Invalid(string field, string problem) =>
        new(new Dictionary<string, string[]> { [field] = [problem] });

    private async Task<HoldingResult> SaveAsync(
        AppDb db,
        Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction,
        Position position,
        CancellationToken cancellationToken
    )
    {
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(new ChangeEvent(position.UserId, ChangeKind.Position, position.Id, position.AccountId));
        return new HoldingResult.Done(position);
    }
}
