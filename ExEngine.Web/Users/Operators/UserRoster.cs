using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Web.Users.Operators;

/// <summary>All users, for an operator. Thread-safe.</summary>
public sealed class UserRoster(IDbContextFactory<AppDb> databases)
{
    /// <returns>Newest first.</returns>
    public async Task<List<UserLine>> ListAsync(Guid? before, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = before is { } id ? db.Users.Where(u => u.Id.CompareTo(id) < 0) : db.Users;
        return await Lines(db, rows.OrderByDescending(u => u.Id).Take(take)).ToListAsync(cancellationToken);
    }

    public async Task<UserLine?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Lines(db, db.Users.Where(u => u.Id == id)).FirstOrDefaultAsync(cancellationToken);
    }

    private static IQueryable<UserLine> Lines(AppDb db, IQueryable<AppUser> users) =>
        users
            .AsNoTracking()
            .Select(u => new UserLine(
                u.Id,
                u.Email ?? "",
                u.CreatedAt,
                db.Sessions.Where(s => s.UserId == u.Id).Max(s => (DateTime?)s.SeenAt),
                u.TwoFactorEnabled,
                db.UserPasskeys.Count(p => p.UserId == u.Id),
                u.IsOperator,
                u.DisabledAt,
                db.ExchangeAccounts.Count(a => a.UserId == u.Id && a.DeletedAt == null),
                db.Webhooks.Count(w => w.UserId == u.Id && w.DeletedAt == null),
                db.Sessions.Count(s => s.UserId == u.Id && s.EndedAt == null)
            ));
}
