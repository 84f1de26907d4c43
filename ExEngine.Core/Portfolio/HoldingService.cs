using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
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
    ExchangeFactory exchanges,
    MarketCatalog markets,
    PriceFeed prices,
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
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await AccountAsync(db, userId, accountId, cancellationToken) is not { } account)
        {
            return (null, null);
        }

        var answer = await exchanges.Of(account).BalancesAsync(cancellationToken);
        if (answer.Value is not { } balances)
        {
            return ([], answer.Fault!.Message);
        }

        var held = await db
            .Positions.AsNoTracking()
            .Where(p => p.AccountId == accountId)
            .Select(p => new { p.Base, p.Quantity })
            .ToListAsync(cancellationToken);
        var open = await db
            .Orders.AsNoTracking()
            .Where(o => o.AccountId == accountId && o.SettledAt == null)
            .ToListAsync(cancellationToken);
        return (HoldingComparison.Of(balances, held.ToLookup(p => p.Base, p => p.Quantity), open), null);
    }

    public async Task<HoldingResult> AssignAsync(
        Guid userId,
        Guid accountId,
        string asset,
        AssignInput input,
        CancellationToken cancellationToken
    )
    {
        if (input.Errors() is { Count: > 0 } errors)
        {
            return new HoldingResult.Invalid(errors);
        }

        var (holdings, problem) = await ListAsync(userId, accountId, cancellationToken);
        if (holdings is null)
        {
            return new HoldingResult.NotFound();
        }

        if (problem is not null)
        {
            return new HoldingResult.Unknown(problem);
        }

        var left = Math.Max(holdings.FirstOrDefault(h => h.Asset == asset)?.Unassigned ?? 0, 0);
        if (input.Quantity > left)
        {
            return Refused(
                HoldingCodes.NotUnassigned,
                input.Quantity.Value,
                left,
                $"{ExactJson.Text(left)} {asset} belong to no position; assign that or less."
            );
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (position, invalid) = await TargetAsync(db, userId, accountId, asset, input, cancellationToken);
        if (position is null)
        {
            return invalid!;
        }

        var account = (await AccountAsync(db, userId, accountId, cancellationToken))!;
        var last = (await prices.GetAsync(account.Exchange, position.Symbol, cancellationToken))?.Last;
        if ((input.Cost ?? last * input.Quantity) is not { } cost)
        {
            return new HoldingResult.Invalid(
                new Dictionary<string, string[]> { [nameof(input.Cost)] = ["No price is known now; state what they cost altogether."] }
            );
        }

        Book(db, position, FillKind.External, OrderSide.Buy, input.Quantity!.Value, cost);
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
        if (input.PositionId is null || input.Quantity is not > 0)
        {
            return new HoldingResult.Invalid(
                new Dictionary<string, string[]> { [nameof(input.Quantity)] = ["State positionId, and a quantity above 0."] }
            );
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (
            await LockedAsync(db, input.PositionId.Value, cancellationToken) is not { } position
            || position.UserId != userId
            || position.AccountId != accountId
            || position.Base != asset
        )
        {
            return new HoldingResult.NotFound();
        }

        if (input.Quantity > position.Quantity)
        {
            return Refused(
                HoldingCodes.MoreThanHeld,
                input.Quantity.Value,
                position.Quantity,
                $"The position holds {ExactJson.Text(position.Quantity)} {asset}; write off that or less."
            );
        }

        var cost = Proportion.Of(position.EntryCost, input.Quantity.Value, position.Quantity);
        Book(db, position, FillKind.Adjustment, OrderSide.Sell, input.Quantity.Value, cost);
        return await SaveAsync(db, transaction, position, cancellationToken);
    }

    private async Task<(Position? Position, HoldingResult? Instead)> TargetAsync(
        AppDb db,
        Guid userId,
        Guid accountId,
        string asset,
        AssignInput input,
        CancellationToken cancellationToken
    )
    {
        if (input.PositionId is { } id)
        {
            var known = await LockedAsync(db, id, cancellationToken);
            return known is not null && known.UserId == userId && known.AccountId == accountId && known.Base == asset
                ? (known, null)
                : (null, new HoldingResult.NotFound());
        }

        var owner = PositionOwner.Manual;
        if (input.WebhookId is { } webhookId)
        {
            var webhook = await db.Webhooks.SingleOrDefaultAsync(
                w => w.Id == webhookId && w.UserId == userId && w.AccountId == accountId && w.DeletedAt == null,
                cancellationToken
            );
            if (webhook is null)
            {
                return (null, new HoldingResult.NotFound());
            }

            owner = PositionOwner.Webhook(webhook.TradesWithId ?? webhook.Id);
        }

        var account = (await AccountAsync(db, userId, accountId, cancellationToken))!;
        var match = (await markets.FindAsync(account.Exchange, cancellationToken))?.Resolve(input.Symbol ?? $"{asset}/{UsualQuote}");
        if (match?.Market is not { } market || market.Base != asset)
        {
            return (
                null,
                new HoldingResult.Invalid(
                    new Dictionary<string, string[]>
                    {
                        [nameof(input.Symbol)] = [match?.Refusal?.Message ?? $"State the market, such as {asset}/{UsualQuote}."],
                    }
                )
            );
        }

        var position = await db.Positions.SingleOrDefaultAsync(
            p => p.AccountId == accountId && p.Symbol == market.Symbol && p.OwnerId == owner.Id,
            cancellationToken
        );
        return (position ?? db.Add(New(userId, accountId, market, owner)).Entity, null);
    }

    private Position New(Guid userId, Guid accountId, Market market, PositionOwner owner) =>
        new()
        {
            Id = ids.Next(),
            UserId = userId,
            AccountId = accountId,
            Symbol = market.Symbol,
            OwnerKind = owner.Kind,
            OwnerId = owner.Id,
            Base = market.Base,
            Quote = market.Quote,
        };

    // Never older than the last fill, so that nothing is counted anew.
    private void Book(AppDb db, Position position, FillKind kind, OrderSide side, decimal quantity, decimal cost)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var id = ids.Next();
        var fill = new Fill
        {
            Id = id,
            UserId = position.UserId,
            AccountId = position.AccountId,
            OwnerId = position.OwnerId,
            Kind = kind,
            Symbol = position.Symbol,
            ExchangeTradeId = $"book:{id:N}",
            Side = side,
            Price = cost / quantity,
            Quantity = quantity,
            Cost = cost,
            At = position.LastFillAt > now ? position.LastFillAt.Value : now,
            StoredAt = now,
        };
        (var after, fill.RealizedProfit, _) = PositionMath.Apply(Holding.Of(position), fill);
        after.WriteTo(position);
        position.UpdatedAt = now;
        position.Version++;
        db.Add(fill);
    }

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

    private static HoldingResult.Refused Refused(string code, decimal asked, decimal limit, string message) =>
        new(
            new OrderRefusal(
                code,
                "quantity",
                ExactJson.Text(asked),
                ExactJson.Text(limit),
                limit > 0 ? [ExactJson.Text(limit)] : [],
                message
            )
        );

    private static async Task<Position?> LockedAsync(AppDb db, Guid id, CancellationToken cancellationToken) =>
        db is PostgresDb
            ? await db.Positions.FromSql($"SELECT * FROM positions WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(cancellationToken)
            : await db.Positions.SingleOrDefaultAsync(p => p.Id == id, cancellationToken);

    private static Task<ExchangeAccount?> AccountAsync(AppDb db, Guid userId, Guid id, CancellationToken cancellationToken) =>
        db
            .ExchangeAccounts.AsNoTracking()
            .SingleOrDefaultAsync(a => a.Id == id && a.UserId == userId && a.DeletedAt == null, cancellationToken);
}
