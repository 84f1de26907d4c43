using Microsoft.AspNetCore.DataProtection;

namespace ExEngine.Core.Data;

/// <summary>
/// Seals secrets with Data Protection under a purpose per row and field, so that a ciphertext moved to another row,
/// user or field does not open.
/// </summary>
public sealed class SecretSealer(IDataProtectionProvider provider)
{
    public string Seal(SecretPlace place, string secret) => Protector(place).Protect(secret);

    /// <exception cref="System.Security.Cryptography.CryptographicException">
    /// The ciphertext belongs to another place or to a key ring that this process does not hold.
    /// </exception>
    public string Open(SecretPlace place, string ciphertext) => Protector(place).Unprotect(ciphertext);

    private IDataProtector Protector(SecretPlace place) =>
        provider.CreateProtector("ExEngine.Secret.v1", place.Row, place.UserId.ToString("N"), place.RowId.ToString("N"), place.Field);
}

/// <summary>Where a secret lives: row kind (a class name), owner, row id and field name.</summary>
public readonly record struct SecretPlace(string Row, Guid UserId, Guid RowId, string Field);
