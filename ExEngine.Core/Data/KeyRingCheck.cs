using System.Security.Cryptography;
using ExEngine.Core.Hosting;
using ExEngine.Core.Redis;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Data;

/// <summary>
/// Proves at start that this process holds the keys of this database: the canary row must decrypt. Instances of one
/// PostgreSQL take turns here, so that the first makes the key and the others find it.
/// </summary>
public sealed class KeyRingCheck(
    IDbContextFactory<AppDb> databases,
    IKeyManager keys,
    IDataProtectionProvider protection,
    RedisLink redis,
    IOptions<KeyRingOptions> options,
    IOptions<DataOptions> dataOptions
)
{
    private const int CanaryId = 1;
    private const string Plaintext = "canary";

    private IDataProtector Protector => protection.CreateProtector("ExEngine.Canary.v1");

    /// <exception cref="StartRefusedException">The keys do not open this database.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.KeyRing == KeyRingStore.Redis)
        {
            await RedisKeyRing.RequirePersistenceAsync(redis, dataOptions.Value.StartTimeout, cancellationToken);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var turn = await StartTurn.TakeAsync(db, cancellationToken);
        await SingAsync(db, cancellationToken);
    }

    /// <summary>Whether the canary still decrypts.</summary>
    public async Task<bool> IsAliveAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var canary = await db.Canaries.AsNoTracking().SingleOrDefaultAsync(c => c.Id == CanaryId, cancellationToken);
        return canary is not null && Opens(canary);
    }

    private async Task SingAsync(AppDb db, CancellationToken cancellationToken)
    {
        var canary = await db.Canaries.SingleOrDefaultAsync(c => c.Id == CanaryId, cancellationToken);
        if (canary is null)
        {
            db.Canaries.Add(new Canary { Id = CanaryId, Sealed = Protector.Protect(Plaintext) });
            await db.SaveChangesAsync(cancellationToken);
            return;
        }

        // Asked first, because Data Protection answers a ring without a usable key by adding one.
        if (!keys.GetAllKeys().Any(IsUsable) || !Opens(canary))
        {
            throw new StartRefusedException(
                "The key ring does not open this database: its canary row does not decrypt, so no stored secret would. Start with the key ring "
                    + "that this database was used with: DataProtection:KeyRing as before, the same DataProtection:CertificatePath and "
                    + "CertificatePassword, and a backup of both of one time."
            );
        }
    }

    private bool Opens(Canary canary)
    {
        try
        {
            return Protector.Unprotect(canary.Sealed) == Plaintext;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool IsUsable(IKey key)
    {
        try
        {
            return key.CreateEncryptor() is not null;
        }
        catch (Exception e) when (e is CryptographicException or InvalidOperationException)
        {
            return false;
        }
    }
}
