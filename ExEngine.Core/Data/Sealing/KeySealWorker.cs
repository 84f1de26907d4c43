using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Data.Sealing;

/// <summary>
/// Brings everything under the certificate that <c>DataProtection:CertificatePath</c> names, also when it was named later: secrets are
/// sealed again, then keys that lay open are rewritten. They are not revoked, because cookies and tokens that they signed would end;
/// nothing is sealed under them any more.
/// </summary>
internal sealed class KeySealWorker(
    RingStore ring,
    SecretReseal reseal,
    KeySealState state,
    IDbContextFactory<AppDb> databases,
    IOptions<KeyManagementOptions> management,
    IOptions<KeyRingOptions> options,
    TimeProvider time,
    ILogger<KeySealWorker> logger
) : BackgroundService
{
    private const int LoggedEvery = 500;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    // Secrets that did not open when they were last to be sealed again.
    private int _stuck;

    private IXmlEncryptor? Encryptor => management.Value.XmlEncryptor;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (Encryptor is null)
            {
                logger.LogWarning("The keys that seal stored secrets are themselves unsealed. {WhatToDo}", KeySealReport.NameOne);
            }
            else if (await IsSharedAsync(stoppingToken) && await LookAsync(TellAsync, stoppingToken) is not { State: KeySeal.Sealed })
            {
                // An instance that was not restarted with the certificate yet opens nothing that is sealed under it.
                await Task.Delay(options.Value.ResealAfter, time, stoppingToken);
            }

            using var timer = new PeriodicTimer(Period, time);
            do
            {
                await LookAsync(SealAsync, stoppingToken);
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task<bool> IsSharedAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return db is PostgresDb;
    }

    // The database or the store of the ring may be away for a while.
    private async Task<KeySealReport?> LookAsync(Func<CancellationToken, Task<KeySealReport>> look, CancellationToken cancellationToken)
    {
        try
        {
            return await look(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning("Whether keys and secrets are sealed could not be looked at; trying again in a minute: {Reason}", e.Message);
            return null;
        }
    }

    private async Task<KeySealReport> SealAsync(CancellationToken cancellationToken)
    {
        var before = state.Report.State;
        var found = await TellAsync(cancellationToken);
        if (found.State == KeySeal.Resealing)
        {
            await SealAsync(found, cancellationToken);
            found = await TellAsync(cancellationToken);
        }

        if (before != KeySeal.Sealed && found.State == KeySeal.Sealed)
        {
            logger.LogInformation("The keys and every stored secret are sealed by the certificate");
        }

        return found;
    }

    private async Task SealAsync(KeySealReport found, CancellationToken cancellationToken)
    {
        var keys = await ring.ReadAsync(cancellationToken);
        if (found.SecretsLeft > _stuck)
        {
            logger.LogInformation("Sealing {Count} stored secrets again, under the certificate", found.SecretsLeft);
        }

        var (done, told) = (0, 0);
        var stuck = await reseal.RunAsync(
            [.. keys.Where(k => !k.IsTrusted).Select(k => k.Id)],
            count =>
            {
                done += count;
                if (done - told >= LoggedEvery)
                {
                    told = done;
                    logger.LogInformation("Sealed {Done} of {Count} stored secrets again", done, found.SecretsLeft);
                }
            },
            cancellationToken
        );
        if (done > 0)
        {
            logger.LogInformation("Sealed {Done} stored secrets again", done);
        }

        var left = await reseal.CountAsync([.. keys.Where(k => k.IsOpen).Select(k => k.Id)], cancellationToken);
        if (left <= stuck.Count)
        {
            foreach (var open in keys.Where(k => k.IsOpen))
            {
                if (await ring.ReplaceAsync(open, open.Seal(Encryptor!), cancellationToken))
                {
                    logger.LogInformation("Rewrote the key {Key}, which lay open, under the certificate", open.Id);
                }
            }
        }

        if (stuck.Count > _stuck)
        {
            logger.LogWarning(
                "{Count} stored secrets do not open and cannot be sealed again; their owners must enter them again: {Places}",
                stuck.Count,
                stuck.Take(20).Select(p => $"{p.Row} {p.RowId} {p.Field}")
            );
        }

        _stuck = stuck.Count;
    }

    private async Task<KeySealReport> TellAsync(CancellationToken cancellationToken)
    {
        var keys = await ring.ReadAsync(cancellationToken);
        var open = keys.Count(k => k.IsOpen);
        var left = await reseal.CountAsync([.. keys.Where(k => !k.IsTrusted).Select(k => k.Id)], cancellationToken);
        var sealing =
            Encryptor is null ? KeySeal.Unsealed
            : open + left > 0 ? KeySeal.Resealing
            : KeySeal.Sealed;
        var text = sealing switch
        {
            KeySeal.Unsealed => $"unsealed: whoever copies the key ring and the database reads every secret. {KeySealReport.NameOne}",
            KeySeal.Sealed => "sealed: every key is under a certificate, and every secret under such a key.",
            _ when left > 0 && left == _stuck =>
                $"unsealed: {left} secrets do not open, so they cannot be sealed again. The log names them; enter them again, or delete them.",
            _ => $"unsealed: {open} keys and {left} secrets are still to be sealed by the certificate. It goes on by itself.",
        };
        return state.Report = new(sealing, open, left, Math.Min(left, _stuck), text, time.GetUtcNow().UtcDateTime);
    }
}
