using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Portfolio;

/// <summary>Changes of a position that no order of ours made, as fills of their own <see cref="FillKind"/>.</summary>
public sealed class BookEntries(SequentialIds ids, TimeProvider time)
{
    /// <summary>Into the caller's transaction, which holds the position.</summary>
    /// <param name="quantity">In base, above 0.</param>
    /// <param name="cost">In quote: what coins that come cost, or what was got for those that go; 0 for nothing.</param>
    public void Add(AppDb db, Position position, FillKind kind, OrderSide side, decimal quantity, decimal cost)
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

            // Never older than the last fill, so that nothing is counted anew.
            At = position.LastFillAt > now ? position.LastFillAt.Value : now,
            StoredAt = now,
        };
        (var after, fill.RealizedProfit, _) = PositionMath.Apply(Holding.Of(position), fill);
        after.WriteTo(position);
        position.UpdatedAt = now;
        position.Version++;
        db.Add(fill);
    }
}
