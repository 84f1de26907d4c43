using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.RateLimits;
using ExEngine.Core.Webhooks.Payloads;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using System.Buffers.Text;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ExEngine.Core.Webhooks.Intake;

/// <summary>The path of an alert from the door to the durable row.</summary>
public sealed class SignalIntake(
    DoorCache doors, DoorLockout lockout, DoorCounter counter, RateLimiter limiter, MarketCatalog markets,
    SignalWriter writer, SequentialIds ids, TimeProvider time, IOptions<WebhookOptions> options, ILoggerFactory loggers)
{
    /// <summary>The sender waits for three seconds at most; rules that are not at hand by then are checked before the order.</summary>
    private static readonly TimeSpan LongestWaitForRules = TimeSpan.FromMilliseconds(800);

    private static readonly TimeSpan ComeAgainIn = TimeSpan.FromSeconds(5);
    private static readonly IntakeAnswer NotAuthenticated = new(IntakeOutcome.Unauthenticated);
    private static readonly IntakeAnswer Unavailable = new(IntakeOutcome.Unavailable) { RetryAfter = ComeAgainIn };

    private readonly ILogger _security = loggers.CreateLogger("Security");
    private readonly ILogger _logger = loggers.CreateLogger<SignalIntake>();

    /// <summary>Authenticates, reads, checks and stores one alert. Returns only after the commit, or says that there was none.</summary>
    public async Task<IntakeAnswer> ReceiveAsync(IntakeRequest request, CancellationToken cancellationToken)
    {
        var (isKnown, door) = await FindDoorAsync(request.Token, cancellationToken);
        if (!isKnown)
        {
            return Unavailable;
        }

        if (!IsAuthentic(door, request))
        {
            return NotAuthenticated;
        }

        var timeline = new List<SignalStep>(4) { new("received", request.ReceivedAt), Step("authenticated") };

        // Asked now and awaited after the reading: with Redis it is a round trip, and the reading takes about as long.
        var asking = limiter.AcquireAsync("hook:" + door.WebhookId.ToString("N"), door.RatePermits, door.RateWindow, cancellationToken);
        var body = SecretFields.CutFrom(request.Body, door.Secrets);
        var reading = SignalParser.Parse(body.Bytes, door.Rules);
        timeline.Add(Step("parsed"));
        var book = reading.Errors.Count == 0 ? await FindRulesAsync(door.Exchange, cancellationToken) : null;
        var findings = SignalFindings.Of(reading, door.Rules, book, request.ReceivedAt);
        timeline.Add(Step("checked"));
        var permit = await asking;
        if (!permit.Allowed)
        {
            return RateLimited(door, permit);
        }

        var receipt = await writer.WriteAsync(Write(door, request, body.Text, reading, findings, timeline));
        return Answer(receipt, findings);
    }

    private IntakeAnswer RateLimited(Door door, RateDecision permit)
    {
        counter.RateLimited(door.WebhookId);
        return new IntakeAnswer(door.Sender == WebhookSender.TradingView ? IntakeOutcome.RateLimitedComeAgain : IntakeOutcome.RateLimited)
        {
            RetryAfter = permit.RetryAfter,
        };
    }

    /// <summary>What would become of this payload now; stores nothing and does not ask for its age.</summary>
    /// <param name="exchange">Whose rules it is checked against; null checks it against none.</param>
    /// <returns>The preset that read it beside what was found.</returns>
    public async Task<(string Preset, SignalFindings Findings)> DryRunAsync(
        SignalRules rules, string? exchange, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var reading = SignalParser.Parse(payload, rules);
        var book = exchange is null || reading.Errors.Count > 0 ? null : await FindRulesAsync(exchange, cancellationToken);
        return (reading.Preset, SignalFindings.Of(reading, rules, book, time.GetUtcNow().UtcDateTime, checkAge: false));
    }

    /// <summary>Whether the database could tell, and the door if there is one.</summary>
    private async ValueTask<(bool IsKnown, Door? Door)> FindDoorAsync(string token, CancellationToken cancellationToken)
    {
        var finding = doors.FindAsync(token, cancellationToken);
        if (finding.IsCompletedSuccessfully)
        {
            return (true, finding.Result);
        }

        try
        {
            var patience = TimeSpan.FromMilliseconds(options.Value.CommitTimeoutMilliseconds);
            return (true, await finding.AsTask().WaitAsync(patience, time, cancellationToken));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            _logger.LogError("The secret of a door does not open with this key ring ({Reason}); rotate the webhook or restore the keys", e.Message);
            return (false, null);
        }
        catch (Exception e) when (e is TimeoutException or DbException or InvalidOperationException)
        {
            _logger.LogError("The database did not tell which door this is ({Reason}); the sender is asked to come again", e.Message);
            return (false, null);
        }
    }

    private bool IsAuthentic([NotNullWhen(true)] Door? door, IntakeRequest request)
    {
        if (door is null)
        {
            if (!lockout.IsLocked(Guid.Empty, request.Credentials.Source))
            {
                lockout.Fail(Guid.Empty, request.Credentials.Source);
                Warn(AuthFailure.UnknownToken, null, request);
            }

            return false;
        }

        if (lockout.IsLocked(door.WebhookId, request.Credentials.Source))
        {
            counter.Unauthenticated(door.WebhookId);
            return false;
        }

        var tolerance = TimeSpan.FromSeconds(options.Value.TimestampToleranceSeconds);
        if (WebhookAuth.Check(door, request.Credentials, request.Body, request.ReceivedAt, tolerance) is not { } failure)
        {
            return true;
        }

        counter.Unauthenticated(door.WebhookId);
        Warn(failure, door, request);
        if (lockout.Fail(door.WebhookId, request.Credentials.Source))
        {
            Warn(AuthFailure.LockedOut, door, request);
        }

        return false;
    }

    private void Warn(AuthFailure failure, Door? door, IntakeRequest request) => _security.LogWarning(
        "Door {Webhook} turned away {Ip}: {Failure} (request {RequestId})",
        door?.WebhookId, request.Credentials.Source, failure, request.RequestId);

    private async ValueTask<MarketBook?> FindRulesAsync(string exchange, CancellationToken cancellationToken)
    {
        var finding = markets.FindAsync(exchange, cancellationToken);
        if (finding.IsCompletedSuccessfully)
        {
            return finding.Result;
        }

        try
        {
            return await finding.AsTask().WaitAsync(LongestWaitForRules, time, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            _logger.LogWarning("The rules of {Exchange} are not at hand ({Reason}); signals are stored unchecked", exchange, e.Message);
            return null;
        }
    }

    private SignalWrite Write(
        Door door, IntakeRequest request, string payload, SignalReading reading, SignalFindings findings, IReadOnlyList<SignalStep> timeline)
    {
        var (key, expires) = Key(door, request, reading);
        var isTest = IsTest(request, reading);
        var row = new Signal
        {
            Id = ids.Next(),
            UserId = door.UserId,
            WebhookId = door.WebhookId,
            AccountId = door.AccountId,
            ReceivedAt = request.ReceivedAt,
            Status = findings.Status,
            DueAt = findings.Status == SignalStatus.Accepted && door.Execute && isTest is null ? request.ReceivedAt + (reading.Draft?.Delay ?? TimeSpan.Zero) : null,
            Preset = reading.Preset,
            Symbol = Storable(findings.Symbol),
            Action = reading.Draft?.Action.ToString().ToLowerInvariant(),
            Size = Storable(reading.Draft is null ? null : SizeWords.Of(reading.Draft, findings.Symbol)),
            Code = findings.Code,
            Reason = Storable(findings.Reason),
            Payload = payload,
            Detail = SignalDetailJson.Write(findings.Detail with { IsTest = isTest, Timeline = timeline }),
            SourceIp = request.Credentials.Source?.ToString() ?? "",
            RequestId = request.RequestId,
        };
        var deadline = request.StartedAt + (time.TimestampFrequency * options.Value.CommitTimeoutMilliseconds / 1000);
        return new SignalWrite(row, key, findings.Status != SignalStatus.Refused, expires, deadline);
    }

    /// <summary>The payload's own id, else the sender's message id, else the body itself for the length of the window.</summary>
    private static (string Key, bool Expires) Key(Door door, IntakeRequest request, SignalReading reading)
    {
        if (reading.Draft?.Id is { } own)
        {
            return ("id:" + Storable(own), false);
        }

        if (door.Auth == WebhookAuthMode.Standard && request.Credentials.WebhookId is { } message)
        {
            return ("msg:" + message, false);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(request.Body, hash);
        return ("body:" + Base64Url.EncodeToString(hash), true);
    }

    /// <summary>Sent by the test button, or a message that calls itself a test.</summary>
    private static bool? IsTest(IntakeRequest request, SignalReading reading) =>
        request.Credentials.IsOwnTest || reading.Draft?.Extras.GetValueOrDefault("test") == "true" ? true : null;

    private static IntakeAnswer Answer(SignalReceipt receipt, SignalFindings findings) => receipt.Kind switch
    {
        SignalReceiptKind.Unavailable => Unavailable,
        SignalReceiptKind.Duplicate => new IntakeAnswer(IntakeOutcome.Duplicate) { SignalId = receipt.Id },
        _ => new IntakeAnswer(findings switch
        {
            { Status: SignalStatus.Accepted } => IntakeOutcome.Accepted,
            { Status: SignalStatus.Stale } => IntakeOutcome.Stale,
            { Detail.Refusal: not null } => IntakeOutcome.Refused,
            _ => IntakeOutcome.Unreadable,
        })
        {
            SignalId = receipt.Id,
            Errors = findings.Detail.Errors,
            Refusal = findings.Detail.Refusal,
        },
    };

    private SignalStep Step(string name) => new(name, time.GetUtcNow().UtcDateTime);

    /// <summary>PostgreSQL stores neither NUL nor half of a surrogate pair, which shortening a text may leave.</summary>
    private static string? Storable(string? text) =>
        text is null ? null : System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
}
