using System.Text;
using ExEngine.Core.Data;
using ExEngine.Core.Webhooks.Payloads;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Webhooks.Intake;

/// <summary>
/// What a webhook would make of a sample, before it is saved: the same parser and the same checks as an alert passes. Nothing is
/// stored and nothing is traded.
/// </summary>
public sealed class SignalPreview(IDbContextFactory<AppDb> databases, SignalIntake intake, ResolvedWebhookFactory webhooks)
{
    public const int MaxSample = 64 * 1024;

    /// <param name="input">As for a new webhook; only what says how to read and check counts, and no account checks no market rule.</param>
    public async Task<PreviewResult> OfAsync(Guid userId, WebhookInput input, string sample, CancellationToken cancellationToken)
    {
        input = input.Complete(null);
        if (Problems(input, sample) is { Count: > 0 } problems)
        {
            return new PreviewResult(input.Preset!, SignalStatus.Refused, new SignalDetail { Errors = problems });
        }

        var body = SecretFields.Redact(Encoding.UTF8.GetBytes(sample), []).Bytes;
        var exchange = input.AccountId is { } account ? await ExchangeAsync(userId, account, cancellationToken) : null;
        var (preset, findings) = await intake.DryRunAsync(webhooks.Rules(input), exchange, body, cancellationToken);
        return new PreviewResult(preset, findings.Status, findings.Detail);
    }

    private static List<FieldError> Problems(WebhookInput input, string sample)
    {
        var problems = new List<FieldError>();
        if (Payloads.Presets.Preset.Ids.Contains(input.Preset) is false)
        {
            problems.Add(new FieldError("preset", $"The preset is one of {string.Join(", ", Payloads.Presets.Preset.Ids)}."));
        }

        if (sample.Length > MaxSample)
        {
            problems.Add(new FieldError("sample", $"The sample is longer than {MaxSample} characters."));
        }

        if (input.Preset == Payloads.Presets.CustomPreset.CustomId)
        {
            problems.AddRange(
                input.Map is { } map
                    ? PayloadMapParser
                        .Parse(map)
                        .Errors.Select(e => new FieldError(e.Field.Length > 0 ? "map." + e.Field : "map", e.Message))
                    : [new FieldError("map", "The custom preset needs a map, such as {\"symbol\":\"$.pair\",\"action\":\"$.side\"}.")]
            );
        }

        return problems;
    }

    private async Task<string?> ExchangeAsync(Guid userId, Guid accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db
            .ExchangeAccounts.Where(a => a.Id == accountId && a.UserId == userId && a.DeletedAt == null)
            .Select(a => a.Exchange)
            .SingleOrDefaultAsync(cancellationToken);
    }
}

/// <param name="Preset">Id of the preset that read the sample.</param>
/// <param name="Status">The status that an alert like this would get.</param>
public sealed record PreviewResult(string Preset, SignalStatus Status, SignalDetail Detail);
