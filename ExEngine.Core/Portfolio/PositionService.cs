using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Positions;
using ExEngine.Core.Protection;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Portfolio;

/// <summary>
/// Where people and scripts close positions and set their protection, for pages and REST alike. It writes what is wanted; the owner
/// of the account cancels what is in the way and sells. Every method takes the user whose rows it may touch.
/// </summary>
public sealed class PositionService(IDbContextFactory<AppDb> databases, SequentialIds ids, ChangeFeed feed, TimeProvider time)
{
    /// <param name="percent">Of what is held: above 0, at most 100. All of it cancels the symbol's open orders first.</param>
    public async Task<PositionResult> CloseAsync(Guid userId, Guid positionId, decimal percent, CancellationToken cancellationToken)
    {
        if (percent is <= 0 or > 100)
        {
            return new PositionResult.Invalid(
                new Dictionary<string, string[]> { ["percent"] = ["The percent is above 0 and at most 100."] }
            );
        }

        return await ChangeAsync(userId, positionId, p => (p.CloseRequestId, p.CloseShare) = (ids.Next(), percent), cancellationToken);
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

    /// <summary>Replaces the position's take-profits and stop; an empty plan takes them away.</summary>
    public async Task<PositionResult> ProtectAsync(Guid userId, Guid positionId, ProtectionInput input, CancellationToken cancellationToken)
    {
        var checkedInput = await new ProtectionInputValidator().ValidateAsync(input, cancellationToken);
        return checkedInput.IsValid
            ? await ChangeAsync(userId, positionId, p => p.Protection = input.ToPlan(ids.Next()).Write(), cancellationToken)
            : new PositionResult.Invalid(checkedInput.ToDictionary());
    }

    private async Task<PositionResult> ChangeAsync(
        Guid userId,
        Guid positionId,
        Action<Position> change,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var position =
            db is PostgresDb
                ? await db
                    .Positions.FromSql($"SELECT * FROM positions WHERE id = {positionId} FOR UPDATE")
                    .SingleOrDefaultAsync(cancellationToken)
                : await db.Positions.SingleOrDefaultAsync(p => p.Id == positionId, cancellationToken);
        if (position is null || position.UserId != userId)
        {
            return new PositionResult.NotFound();
        }

        change(position);
        position.UpdatedAt = time.GetUtcNow().UtcDateTime;
        position.Version++;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(new ChangeEvent(userId, ChangeKind.Position, position.Id, position.AccountId));
        return new PositionResult.Done(position);
    }
}
