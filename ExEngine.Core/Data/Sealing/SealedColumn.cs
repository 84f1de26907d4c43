using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Data.Sealing;

/// <summary>
/// A column that holds ciphertexts of <see cref="SecretSealer"/>. All are registered in <c>CoreServices</c>; a test finds one that is not.
/// </summary>
internal abstract class SealedColumn
{
    /// <summary>Of a row with an id and a user.</summary>
    /// <param name="column">The property: the field's name and <c>Sealed</c>.</param>
    public static SealedColumn Of<TRow>(string column)
        where TRow : class => new OfRow<TRow>(column);

    /// <summary>Of Identity's tokens: the authenticator's key and the recovery codes.</summary>
    public static SealedColumn OfUserTokens() => new OfUserToken();

    /// <summary>The row's class and the column's property.</summary>
    public abstract string Name { get; }

    /// <summary>Ciphertexts that begin so, a step of them; <paramref name="after"/> is where the former step ended.</summary>
    public abstract Task<List<StoredSecret>> FindAsync(AppDb db, string prefix, Guid after, int take, CancellationToken cancellationToken);

    public abstract Task<int> CountAsync(AppDb db, string prefix, CancellationToken cancellationToken);

    /// <summary>Only where the secret is still the one that was read: who edits it meanwhile wins.</summary>
    /// <returns>False when it is another one by now.</returns>
    public abstract Task<bool> ReplaceAsync(AppDb db, StoredSecret secret, string ciphertext, CancellationToken cancellationToken);

    private sealed class OfRow<TRow>(string column) : SealedColumn
        where TRow : class
    {
        public override string Name => $"{typeof(TRow).Name}.{column}";

        public override Task<List<StoredSecret>> FindAsync(
            AppDb db,
            string prefix,
            Guid after,
            int take,
            CancellationToken cancellationToken
        )
        {
            var (row, field) = (typeof(TRow).Name, column[..^"Sealed".Length]);
            return Of(db, prefix)
                .Where(r => EF.Property<Guid>(r, "Id").CompareTo(after) > 0)
                .OrderBy(r => EF.Property<Guid>(r, "Id"))
                .Take(take)
                .Select(r => new StoredSecret(
                    new SecretPlace(row, EF.Property<Guid>(r, "UserId"), EF.Property<Guid>(r, "Id"), field),
                    EF.Property<string>(r, column)
                ))
                .ToListAsync(cancellationToken);
        }

        public override Task<int> CountAsync(AppDb db, string prefix, CancellationToken cancellationToken) =>
            Of(db, prefix).CountAsync(cancellationToken);

        public override async Task<bool> ReplaceAsync(
            AppDb db,
            StoredSecret secret,
            string ciphertext,
            CancellationToken cancellationToken
        ) =>
            await db.Set<TRow>()
                .Where(r => EF.Property<Guid>(r, "Id") == secret.Place.RowId && EF.Property<string?>(r, column) == secret.Ciphertext)
                .ExecuteUpdateAsync(s => s.SetProperty(r => EF.Property<string?>(r, column), ciphertext), cancellationToken) > 0;

        private IQueryable<TRow> Of(AppDb db, string prefix) =>
            db.Set<TRow>().AsNoTracking().Where(r => EF.Property<string?>(r, column)!.StartsWith(prefix));
    }

    // There are few a user, so a step takes those of whole users.
    private sealed class OfUserToken : SealedColumn
    {
        public override string Name => "IdentityUserToken.Value";

        public override async Task<List<StoredSecret>> FindAsync(
            AppDb db,
            string prefix,
            Guid after,
            int take,
            CancellationToken cancellationToken
        )
        {
            var users = await Of(db, prefix)
                .Select(t => t.UserId)
                .Distinct()
                .Where(id => id.CompareTo(after) > 0)
                .OrderBy(id => id)
                .Take(take)
                .ToListAsync(cancellationToken);
            return await Of(db, prefix)
                .Where(t => users.Contains(t.UserId))
                .OrderBy(t => t.UserId)
                .Select(t => new StoredSecret(new SecretPlace(nameof(AppUser), t.UserId, t.UserId, t.Name), t.Value!))
                .ToListAsync(cancellationToken);
        }

        public override Task<int> CountAsync(AppDb db, string prefix, CancellationToken cancellationToken) =>
            Of(db, prefix).CountAsync(cancellationToken);

        public override async Task<bool> ReplaceAsync(
            AppDb db,
            StoredSecret secret,
            string ciphertext,
            CancellationToken cancellationToken
        ) =>
            await db
                .UserTokens.Where(t => t.UserId == secret.Place.UserId && t.Name == secret.Place.Field && t.Value == secret.Ciphertext)
                .ExecuteUpdateAsync(s => s.SetProperty(t => t.Value, ciphertext), cancellationToken) > 0;

        private static IQueryable<IdentityUserToken<Guid>> Of(AppDb db, string prefix) =>
            db.UserTokens.AsNoTracking().Where(t => t.Value!.StartsWith(prefix));
    }
}

/// <summary>A ciphertext as it is stored, and the place that it was sealed for.</summary>
internal sealed record StoredSecret(SecretPlace Place, string Ciphertext);
