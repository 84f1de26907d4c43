using System.Buffers;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using ExEngine.Core.Webhooks.Payloads;

namespace ExEngine.Core.Webhooks.Intake;

/// <summary>
/// Decides who sent a request, from the raw bytes as received. The checks run in a fixed order; comparisons take the
/// same time whatever they compare.
/// </summary>
public static class WebhookAuth
{
    /// <summary>Senders rotate with two or three signatures; more is an attempt to make us work.</summary>
    private const int MaxSignatures = 8;
    private const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>Of a message id; senders make them of whatever can be printed.</summary>
    private const int MaxId = 128;

    /// <summary>Base64 of a hash without its padding.</summary>
    private const int Unpadded = 43;

    /// <summary>Null when the sender is who the webhook expects.</summary>
    /// <param name="signed">The bytes as received, when the body came compressed: signatures are over them.</param>
    /// <param name="tolerance">How far a signed timestamp may be from <paramref name="now"/>, inclusive, either way.</param>
    public static AuthFailure? Check(
        ResolvedWebhook webhook,
        in WebhookCredentials credentials,
        ReadOnlySpan<byte> body,
        DateTime now,
        TimeSpan tolerance,
        ReadOnlySpan<byte> signed = default
    )
    {
        var raw = signed.IsEmpty ? body : signed;
        if (!credentials.IsOwnTest && !IsAllowed(webhook, credentials.Source))
        {
            return AuthFailure.SourceIpNotAllowed;
        }

        return webhook.Auth switch
        {
            WebhookAuthMode.Standard => CheckStandard(webhook, credentials, raw, now, tolerance),
            WebhookAuthMode.Hmac => CheckHmac(webhook, credentials, raw, now),
            WebhookAuthMode.Url => CheckStated(webhook, SecretFields.Read(body), now),
            _ => SecretFields.ReadAny(body) is { Count: > 0 } stated ? CheckStated(webhook, stated, now) : AuthFailure.SecretMissing,
        };
    }

    private static bool IsAllowed(ResolvedWebhook webhook, IPAddress? source)
    {
        if (webhook.AllowedIps.Count == 0)
        {
            return true;
        }

        var address = source is { IsIPv4MappedToIPv6: true } ? source.MapToIPv4() : source;
        return address is not null && webhook.AllowedIps.Any(network => network.Contains(address));
    }

    private static AuthFailure? CheckStandard(
        ResolvedWebhook webhook,
        in WebhookCredentials credentials,
        ReadOnlySpan<byte> body,
        DateTime now,
        TimeSpan tolerance
    )
    {
        if (credentials is not { WebhookId: { } id, Timestamp: { } timestamp, Signatures: { } signatures })
        {
            return AuthFailure.SignatureMissing;
        }

        if (
            id.Length is 0 or > MaxId
            || id.AsSpan().ContainsAnyExceptInRange(' ', '~')
            || timestamp.Length > 20
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        )
        {
            return AuthFailure.SignatureMalformed;
        }

        var age = new DateTimeOffset(now).ToUnixTimeSeconds() - seconds;
        if (age > tolerance.TotalSeconds || age < -tolerance.TotalSeconds)
        {
            return AuthFailure.TimestampOutsideTolerance;
        }

        Span<byte> given = stackalloc byte[HashSize * MaxSignatures];
        var count = DecodeSignatures(signatures, given);
        if (count == 0)
        {
            return AuthFailure.SignatureMalformed;
        }

        Span<byte> prefix = stackalloc byte[MaxId + 24];
        Encoding.ASCII.TryGetBytes(id, prefix, out var length);
        prefix[length++] = (byte)'.';
        Encoding.ASCII.TryGetBytes(timestamp, prefix[length..], out var digits);
        prefix[(length += digits)] = (byte)'.';
        return Matches(webhook, now, prefix[..(length + 1)], body, given[..(count * HashSize)]) ? null : AuthFailure.SignatureWrong;
    }

    private static int DecodeSignatures(string header, Span<byte> into)
    {
        var count = 0;
        Span<char> padded = stackalloc char[Unpadded + 1];
        foreach (var range in header.AsSpan().Split(' '))
        {
            var part = header.AsSpan()[range];
            if (count == MaxSignatures || !part.StartsWith("v1,", StringComparison.Ordinal))
            {
                continue;
            }

            var text = part["v1,".Length..];
            var slot = into.Slice(count * HashSize, HashSize);
            int written;
            bool isRead;
            if (text.Length == Unpadded)
            {
                text.CopyTo(padded);
                padded[Unpadded] = '=';
                isRead = Convert.TryFromBase64Chars(padded, slot, out written);
            }
            else
            {
                isRead = Convert.TryFromBase64Chars(text, slot, out written);
            }

            if (isRead && written == HashSize)
            {
                count++;
            }
        }

        return count;
    }

    private static AuthFailure? CheckHmac(ResolvedWebhook webhook, in WebhookCredentials credentials, ReadOnlySpan<byte> body, DateTime now)
    {
        if ((credentials.HubSignature ?? credentials.PlainSignature) is not { } header)
        {
            return AuthFailure.SignatureMissing;
        }

        const string Scheme = "sha256=";
        Span<byte> given = stackalloc byte[HashSize * MaxSignatures];
        var count = 0;
        foreach (var range in header.AsSpan().Split(' '))
        {
            var hex = header.AsSpan()[range];
            if (hex.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            {
                hex = hex[Scheme.Length..];
            }
            else if (credentials.HubSignature is not null)
            {
                continue;
            }

            if (
                count < MaxSignatures
                && Convert.FromHexString(hex, given.Slice(count * HashSize, HashSize), out _, out var written) == OperationStatus.Done
                && written == HashSize
            )
            {
                count++;
            }
        }

        return count == 0 ? AuthFailure.SignatureMalformed
            : Matches(webhook, now, [], body, given[..(count * HashSize)]) ? null
            : AuthFailure.SignatureWrong;
    }

    private static bool Matches(
        ResolvedWebhook webhook,
        DateTime now,
        ReadOnlySpan<byte> prefix,
        ReadOnlySpan<byte> body,
        ReadOnlySpan<byte> given
    )
    {
        Span<byte> expected = stackalloc byte[HashSize];
        var matched = false;
        foreach (var secret in webhook.Secrets)
        {
            if (secret.ValidUntil < now)
            {
                continue;
            }

            HashOver(secret.Key, prefix, body, expected);
            for (var i = 0; i < given.Length; i += HashSize)
            {
                matched |= CryptographicOperations.FixedTimeEquals(expected, given.Slice(i, HashSize));
            }
        }

        return matched;
    }

    private static void HashOver(byte[] key, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body, Span<byte> hash)
    {
        var signed = ArrayPool<byte>.Shared.Rent(prefix.Length + body.Length);
        prefix.CopyTo(signed);
        body.CopyTo(signed.AsSpan(prefix.Length));
        HMACSHA256.HashData(key, signed.AsSpan(0, prefix.Length + body.Length), hash);
        ArrayPool<byte>.Shared.Return(signed);
    }

    // Every one that is stated must be right.
    private static AuthFailure? CheckStated(ResolvedWebhook webhook, IReadOnlyList<string> all, DateTime now)
    {
        foreach (var stated in all)
        {
            var matched = false;
            foreach (var secret in webhook.Secrets)
            {
                matched |=
                    !(secret.ValidUntil < now)
                    && CryptographicOperations.FixedTimeEquals(
                        SHA256.HashData(Encoding.UTF8.GetBytes(stated)),
                        SHA256.HashData(secret.Key)
                    );
            }

            if (!matched)
            {
                return AuthFailure.SecretWrong;
            }
        }

        return null;
    }
}
