using ExEngine.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace ExEngine.Web.Users;

/// <summary>Identity's tables, with the authenticator key and the recovery codes sealed: a copy of the database opens no account.</summary>
public sealed class AppUserStore(AppDb db, SecretSealer sealer, IdentityErrorDescriber errors)
    : UserOnlyStore<AppUser, AppDb, Guid>(db, errors)
{
    public override Task SetTokenAsync(
        AppUser user,
        string loginProvider,
        string name,
        string? value,
        CancellationToken cancellationToken
    ) => base.SetTokenAsync(user, loginProvider, name, value is null ? null : sealer.Seal(Place(user, name), value), cancellationToken);

    public override async Task<string?> GetTokenAsync(
        AppUser user,
        string loginProvider,
        string name,
        CancellationToken cancellationToken
    ) => await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { } value ? sealer.Open(Place(user, name), value) : null;

    private static SecretPlace Place(AppUser user, string name) => new(nameof(AppUser), user.Id, user.Id, name);
}
