using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.RateLimits;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Payloads;
using ExEngine.Core.Webhooks.Payloads.Bots;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Webhooks.Intake;

/// <summary>The path of an alert from the webhook to the durable row.</summary>
public sealed class SignalIntake(
    WebhookCache webhooks,
    AuthLockout lockout,
    RejectedRequestCounter counter,
    RateLimiter limiter,
    DailyAlerts daily,
    MarketCatalog markets,
    SignalWriter writer,
    SequentialIds ids,
    TimeProvider time,
    IOptions<WebhookOptions> options,
    ILoggerFactory loggers
)
{
    /// <summary>The sender waits for three seconds at most; rules that are not at hand by then are checked before the order.</summary>
    private static readonly TimeSpan MaxWaitForRules = TimeSpan.FromMilliseconds(800);

    private readonly ILogger _security = loggers.CreateLogger("Security");
    private readonly ILogger _logger = loggers.CreateLogger<SignalIntake>();

    /// <summary>Authenticates, reads, checks and stores one alert. Returns only after the commit, or says that there was none.</summary>
    public async Task<IntakeResult> ReceiveAsync(IntakeRequest request, CancellationToken cancellationToken)
    {
        var (isKnown, webhook) = await ResolveAsync(request.Token, cancellationToken);
        if (!isKnown)
        {
            return IntakeResult.Unavailable;
        }

        if (!IsAuthentic(webhook, request))
        {
            return IntakeResult.Unauthenticated;
        }

        if (webhook.OwnerIsDisabled)
        {
            return IntakeResult.OwnerDisabled;
        }

        var timeline = new List<SignalStep>(4) { new("received", request.ReceivedAt), Step("authenticated") };

        // Asked now and awaited after the reading: with Redis it is a round trip, and the reading takes about as long.
        var asking = limiter.AcquireAsync(
            "hook:" + webhook.WebhookId.ToString("N"),
            webhook.RatePermits,
            webhook.RateWindow,
            cancellationToken
        );
        var body = SecretFields.Redact(request.Body, webhook.Secrets);
        var reading = SignalParser.Parse(body.Bytes, webhook.Rules);
        timeline.Add(Step("parsed"));
        var marketSet = reading is { Errors.Count: 0, Refusal: null } ? await FindRulesAsync(webhook.Exchange, cancellationToken) : null;
        var findings = PrecheckResult.Of(reading, webhook.Rules, marketSet, request.ReceivedAt);
        timeline.Add(Step("checked"));
        var permit = await asking;
        if (!permit.Allowed)
        {
            return RateLimited(webhook, permit);
        }

        // The way out stays open: what can only sell or cancel is taken beyond the cap, within the webhook's rate limit.
        if (daily.Take(webhook.UserId, request.Body.Length) is { } reached && !ClosesOnly(findings, reading.Draft))
        {
            counter.RateLimited(webhook.WebhookId);
            return new IntakeResult(IntakeOutcome.DailyCap) { Cap = reached, RetryAfter = reached.RetryAfter };
        }

        var receipt = await writer.WriteAsync(Write(webhook, request, body.Text, reading, findings, timeline));
        if (receipt.Kind == SignalReceiptKind.Duplicate)
        {
            counter.Duplicate(webhook.WebhookId);
        }

        return Answer(receipt, findings);
    }

    private static bool ClosesOnly(PrecheckResult findings, SignalDraft? draft) =>
        findings.Status != SignalStatus.Refused
        && (draft?.Bot?.IsWayOut == true || draft?.Action is SignalAction.Sell or SignalAction.Exit or SignalAction.Cancel);

    private IntakeResult RateLimited(ResolvedWebhook webhook, RateDecision permit)
    {
        counter.RateLimited(webhook.WebhookId);
        return new IntakeResult(
            webhook.Sender == WebhookSender.TradingView ? IntakeOutcome.RateLimitedComeAgain : IntakeOutcome.RateLimited
        )
        {
            RetryAfter = permit.RetryAfter,
        };
    }

    /// <summary>What would become of this payload now; stores nothing and does not ask for its age.</summary>
    /// <param name="exchange">Whose rules it is checked against; null checks it against none.</param>
    /// <returns>The preset that read it beside what was found.</returns>
    public async Task<(string Preset, PrecheckResult Findings)> DryRunAsync(
        SignalRules rules,
        string? exchange,
        ReadOnlyMemory<byte> payload,
        CancellationToken cancellationToken
    )
    {
        var reading = SignalParser.Parse(payload, rules);
        var marketSet =
            exchange is null || reading is not { Errors.Count: 0, Refusal: null }
                ? null
                : await FindRulesAsync(exchange, cancellationToken);
        return (reading.Preset, PrecheckResult.Of(reading, rules, marketSet, time.GetUtcNow().UtcDateTime, checkAge: false));
    }

    /// <summary>Whether the database could tell, and the webhook if there is one.</summary>
    private async ValueTask<(bool IsKnown, ResolvedWebhook? ResolvedWebhook)> ResolveAsync(
        string token,
        CancellationToken cancellationToken
    )
    {
        var finding = webhooks.FindAsync(token, cancellationToken);
        if (finding.IsCompletedSuccessfully)
        {
            return (true, finding.Result);
        }

        try
        {
            var timeout = TimeSpan.FromMilliseconds(options.Value.CommitTimeoutMilliseconds);
            return (true, await finding.AsTask().WaitAsync(timeout, time, cancellationToken));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            _logger.LogError(
                "The secret of a webhook does not open with this key ring ({Reason}); rotate the webhook or restore the keys",
                e.Message
            );
            return (false, null);
        }
        catch (Exception e) when (e is TimeoutException or DbException or InvalidOperationException)
        {
            _logger.LogError(
                "The webhook could not be read from the database ({Reason}); the sender was answered 503 and should retry",
                e.Message
            );
            return (false, null);
        }
    }

    private bool IsAuthentic([NotNullWhen(true)] ResolvedWebhook? webhook, IntakeRequest request)
    {
        if (webhook is null)
        {
            if (!lockout.IsLocked(Guid.Empty, request.Credentials.Source))
            {
                lockout.Fail(Guid.Empty, request.Credentials.Source);
                Warn(AuthFailure.UnknownToken, null, request);
            }

            return false;
        }

        // Before the lock: who can prove who it is passes, whatever others did from its address. A lock slows failures only.
        var tolerance = TimeSpan.FromSeconds(options.Value.TimestampToleranceSeconds);
        if (WebhookAuth.Check(webhook, request.Credentials, request.Body, request.ReceivedAt, tolerance, request.Signed) is not { } failure)
        {
            return true;
        }

        counter.Unauthenticated(webhook.WebhookId, failure, request.Credentials.Source);
        if (lockout.IsLocked(webhook.WebhookId, request.Credentials.Source))
        {
            return false;
        }

        Warn(failure, webhook, request);
        if (lockout.Fail(webhook.WebhookId, request.Credentials.Source))
        {
            Warn(AuthFailure.LockedOut, webhook, request);
        }

        return false;
    }

    private void Warn(AuthFailure failure, ResolvedWebhook? webhook, IntakeRequest request) =>
        _security.LogWarning(
            "Webhook {Webhook} refused a request from {Ip}: {Failure} (request {RequestId})",
            webhook?.WebhookId,
            request.Credentials.Source,
            failure,
            request.RequestId
        );

    private async ValueTask<MarketSet?> FindRulesAsync(string exchange, CancellationToken cancellationToken)
    {
        var finding = markets.FindAsync(exchange, cancellationToken);
        if (finding.IsCompletedSuccessfully)
        {
            return finding.Result;
        }

        try
        {
            return await finding.AsTask().WaitAsync(MaxWaitForRules, time, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            _logger.LogWarning("The rules of {Exchange} are not at hand ({Reason}); signals are stored unchecked", exchange, e.Message);
            return null;
        }
    }

    private SignalWrite Write(
        ResolvedWebhook webhook,
        IntakeRequest request,
        string payload,
        SignalReading reading,
        PrecheckResult findings,
        IReadOnlyList<SignalStep> timeline
    )
    {
        var (key, expires) = DedupeKey.Of(webhook, request, reading);
        var isTest = IsTest(request, reading);
        var row = new Signal
        {
            Id = ids.Next(),
            UserId = webhook.UserId,
            WebhookId = webhook.WebhookId,
            AccountId = webhook.AccountId,
            ReceivedAt = request.ReceivedAt,
            Status = findings.Status,
            DueAt =
                findings.Status == SignalStatus.Accepted && webhook.Execute && isTest is null
                    ? request.ReceivedAt + (reading.Draft?.Delay ?? TimeSpan.Zero)
                    : null,
            Preset = reading.Preset,
            Symbol = StoredText.Repaired(findings.Symbol),
            Action = reading.Draft is { Bot: { } bot } ? BotMessages.Word(bot.Act) : reading.Draft?.Action.ToString().ToLowerInvariant(),
            Size = StoredText.Repaired(reading.Draft is null ? null : SizeLabels.Of(reading.Draft, findings.Symbol)),
            Code = findings.Code,
            Reason = StoredText.Repaired(findings.Reason),
            Payload = payload,
            Detail = SignalDetailJson.Write(findings.Detail with { IsTest = isTest, Timeline = timeline }),
            SourceIp = request.Credentials.Source?.ToString() ?? "",
            RequestId = request.RequestId,
        };
        var deadline = request.BodyReadAt + (time.TimestampFrequency * options.Value.CommitTimeoutMilliseconds / 1000);
        return new SignalWrite(row, key, findings.Status != SignalStatus.Refused, expires, deadline);
    }

    /// <summary>Sent by the test button, or a message that calls itself a test.</summary>
    private static bool? IsTest(IntakeRequest request, SignalReading reading) =>
        request.Credentials.IsOwnTest || reading.Draft?.Extras.GetValueOrDefault("test") == "true" ? true : null;

    private static IntakeResult Answer(SignalReceipt receipt, PrecheckResult findings) =>
        receipt.Kind switch
        {
            SignalReceiptKind.Unavailable => IntakeResult.Unavailable,
            SignalReceiptKind.Duplicate => new IntakeResult(IntakeOutcome.Duplicate) { SignalId = receipt.Id },
            _ => new IntakeResult(
                findings switch
                {
                    { Status: SignalStatus.Accepted } => IntakeOutcome.Accepted,
                    { Status: SignalStatus.Stale } => IntakeOutcome.Stale,
                    { Detail.Refusal: not null } => IntakeOutcome.Refused,
                    _ => IntakeOutcome.Unreadable,
                }
            )
            {
                SignalId = receipt.Id,
                Errors = findings.Detail.Errors,
                Refusal = findings.Detail.Refusal,
            },
        };

    private SignalStep Step(string name) => new(name, time.GetUtcNow().UtcDateTime);
}
