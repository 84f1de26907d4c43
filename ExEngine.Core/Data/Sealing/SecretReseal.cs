using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Data.Sealing;

/// <summary>
/// Seals what is stored again, with the ring's key of today. Where it was is in the ciphertexts themselves, so one that was interrupted
/// goes on with what is left, and several instances may do it at once.
/// </summary>
internal sealed class SecretReseal(
    IDbContextFactory<AppDb> databases,
    IEnumerable<SealedColumn> columns,
    SecretSealer sealer,
    KeyRingCheck canary,
    TimeProvider time
)
{
    /// <summary>Secrets of a step, between which others have the database.</summary>
    internal const int Step = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan RingPause = TimeSpan.FromSeconds(5);

    // Of no row: what is sealed here only tells with which key the ring seals.
    private static readonly SecretPlace Probe = new(nameof(SecretReseal), Guid.Empty, Guid.Empty, "Probe");

    /// <summary>How many secrets are under one of these keys.</summary>
    public async Task<int> CountAsync(IReadOnlyCollection<Guid> keys, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var count = 0;
        foreach (var prefix in keys.Select(CiphertextKey.Prefix))
        {
            foreach (var column in columns)
            {
                count += await column.CountAsync(db, prefix, cancellationToken);
            }
        }

        return count;
    }

    /// <summary>Seals again what is under one of these keys.</summary>
    /// <param name="done">Told after each step how many it sealed.</param>
    /// <returns>Where secrets are that do not open, and so cannot be sealed again.</returns>
    /// <exception cref="InvalidOperationException">The ring still seals with one of these keys; nothing is changed.</exception>
    public async Task<IReadOnlyList<SecretPlace>> RunAsync(
        IReadOnlyCollection<Guid> keys,
        Action<int> done,
        CancellationToken cancellationToken
    )
    {
        await AwaitOtherKeyAsync(keys, cancellationToken);
        var stuck = new List<SecretPlace>();
        foreach (var key in keys)
        {
            await canary.ResealAsync(key, cancellationToken);
            foreach (var column in columns)
            {
                await RunAsync(column, key, stuck, done, cancellationToken);
            }
        }

        return stuck;
    }

    // Data Protection reads its ring again in the background when a key is new, and seals with the former one until it has.
    private async Task AwaitOtherKeyAsync(IReadOnlyCollection<Guid> keys, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (CiphertextKey.Of(sealer.Seal(Probe, "")) is { } present && keys.Contains(present))
        {
            if (time.GetElapsedTime(began) > RingPause)
            {
                throw new InvalidOperationException($"The ring still seals with the key {present}, which is to be left.");
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task RunAsync(
        SealedColumn column,
        Guid key,
        List<SecretPlace> stuck,
        Action<int> done,
        CancellationToken cancellationToken
    )
    {
        var after = Guid.Empty;
        while (true)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var step = await column.FindAsync(db, CiphertextKey.Prefix(key), after, Step, cancellationToken);
            if (step.Count == 0)
            {
                return;
            }

            var resealed = 0;
            foreach (var secret in step.Where(s => CiphertextKey.Of(s.Ciphertext) == key))
            {
                if (Again(secret) is not { } ciphertext)
                {
                    stuck.Add(secret.Place);
                }
                else if (await column.ReplaceAsync(db, secret, ciphertext, cancellationToken))
                {
                    resealed++;
                }
            }

            after = step[^1].Place.RowId;
            done(resealed);
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private string? Again(StoredSecret secret)
    {
        try
        {
            return sealer.Seal(secret.Place, sealer.Open(secret.Place, secret.Ciphertext));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
