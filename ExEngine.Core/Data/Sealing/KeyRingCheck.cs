using System.Security.Cryptography;
using ExEngine.Core.Hosting;
using ExEngine.Core.Redis;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Data.Sealing;

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
    IOptions<DataOptions> dataOptions,
    IOptions<KeyManagementOptions> management,
    RingStore ring,
    TimeProvider time,
    ILogger<KeyRingCheck> logger
)
{
    private const int CanaryId = 1;
    private const string Plaintext = "canary";

    // Of Data Protection, which uses a key so long before it is active because clocks differ.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

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
        await SealNewKeyAsync(cancellationToken);
    }

    /// <summary>Whether the canary still decrypts.</summary>
    public async Task<bool> IsAliveAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var canary = await db.Canaries.AsNoTracking().SingleOrDefaultAsync(c => c.Id == CanaryId, cancellationToken);
        return canary is not null && Opens(canary);
    }

    /// <summary>Seals the canary again when it is under this key: from then on a start needs the certificate.</summary>
    public async Task ResealAsync(Guid keyId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var canary = await db.Canaries.AsNoTracking().SingleOrDefaultAsync(c => c.Id == CanaryId, cancellationToken);
        if (canary is not null && CiphertextKey.Of(canary.Sealed) == keyId && Opens(canary))
        {
            var next = Protector.Protect(Plaintext);
            await db
                .Canaries.Where(c => c.Id == CanaryId && c.Sealed == canary.Sealed)
                .ExecuteUpdateAsync(s => s.SetProperty(c => c.Sealed, next), cancellationToken);
        }
    }

    // With a certificate, what is sealed from now on is sealed under a key that never lay open.
    private async Task SealNewKeyAsync(CancellationToken cancellationToken)
    {
        if (management.Value.XmlEncryptor is null)
        {
            return;
        }

        var trusted = (await ring.ReadAsync(cancellationToken)).Where(k => k.IsTrusted).Select(k => k.Id).ToHashSet();
        var now = time.GetUtcNow();
        var all = keys.GetAllKeys().Where(k => !k.IsRevoked).OrderBy(k => k.ActivationDate).ToList();
        foreach (var later in all.Where(k => k.ActivationDate > now + ClockSkew && !trusted.Contains(k.KeyId)))
        {
            // It would become the one that seals, and nothing is under it yet.
            keys.RevokeKey(later.KeyId, "It was stored open, and a certificate is configured by now.");
            logger.LogInformation("Revoked the key {Key}, which lies open and is not in use yet", later.KeyId);
        }

        if (all.FindLast(k => k.ActivationDate <= now + ClockSkew) is not { } present || trusted.Contains(present.KeyId))
        {
            return;
        }

        var activation = present.ActivationDate < now ? now : present.ActivationDate.AddSeconds(1);
        var key = keys.CreateNewKey(activation, activation + management.Value.NewKeyLifetime);
        logger.LogInformation("Made the key {Key} under the certificate, in place of {Former}, which lies open", key.KeyId, present.KeyId);
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
