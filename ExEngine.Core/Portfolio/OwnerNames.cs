using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Portfolio;

/// <summary>Names of who owns positions: webhooks and bots of a user, deleted ones too.</summary>
/// <param name="All">By <see cref="Positions.Position.OwnerId"/>; what people trade by hand has none.</param>
/// <param name="Bots">Which of them are bots.</param>
public sealed record OwnerNames(IReadOnlyDictionary<Guid, string> All, IReadOnlySet<Guid> Bots)
{
    public static async Task<OwnerNames> ReadAsync(AppDb db, Guid userId, CancellationToken cancellationToken)
    {
        var webhooks = await db
            .Webhooks.AsNoTracking()
            .Where(w => w.UserId == userId)
            .Select(w => new { w.Id, w.Name })
            .ToListAsync(cancellationToken);
        var bots = await db
            .Bots.AsNoTracking()
            .Where(b => b.UserId == userId)
            .Select(b => new { b.Id, b.Name })
            .ToListAsync(cancellationToken);
        return new(webhooks.Concat(bots).ToDictionary(o => o.Id, o => o.Name), bots.Select(b => b.Id).ToHashSet());
    }
}
