using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Payloads.Bots;
using ExEngine.Core.Webhooks.Payloads.Presets;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>
/// Bytes to <see cref="SignalDraft"/>, or every field error at once. Goes by the content: alert platforms send JSON as
/// <c>text/plain</c> as soon as one placeholder spoils it.
/// </summary>
public static class SignalParser
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    public static SignalReading Parse(ReadOnlyMemory<byte> body, SignalRules rules)
    {
        var problems = new ReadingProblems();
        var errors = problems.Errors;
        var bytes = body.Span.StartsWith("\uFEFF"u8) ? body["\uFEFF"u8.Length..] : body;
        var preset = rules.Preset;
        SignalDraft? draft = null;
        if (!Utf8.IsValid(bytes.Span))
        {
            errors.Add(new FieldError("", "The body is no valid UTF-8; send UTF-8."));
        }
        else if (bytes.Span.IndexOfAnyExcept(" \t\r\n"u8) is var first && first < 0)
        {
            errors.Add(new FieldError("", "The body is empty; send the alert's message."));
        }
        else if (Text(bytes.Span[first..], rules.Preset) is { } text && Preset.ForText(rules.Preset, text) is { } reader)
        {
            (preset, draft) = (reader.Id, reader.ReadText(text, problems));
        }
        else
        {
            (preset, draft) = ParseJson(bytes, rules, problems);
        }

        if (draft is null)
        {
            return new SignalReading(preset, null, errors);
        }

        if (draft.Bot is not null)
        {
            return new SignalReading(preset, draft, errors) { Refusal = BotFields.Settle(problems) };
        }

        // Settled before the webhook's own size is put in: that one is for alerts that state none.
        var (refusal, notes) = FieldUse.Settle(draft, problems);
        draft = Complete(draft, rules, (rules.Custom ?? Preset.For(preset, null)).Fields, errors, problems);
        return new SignalReading(preset, draft, errors) { Refusal = refusal, Notes = notes };
    }

    /// <summary>Null for what is to be read as JSON: the plain-text preset alone takes a body that looks like JSON for text.</summary>
    private static string? Text(ReadOnlySpan<byte> body, string presetId) =>
        body[0] is (byte)'{' or (byte)'[' && presetId != "text" ? null : Encoding.UTF8.GetString(body);

    private static (string Preset, SignalDraft? Draft) ParseJson(ReadOnlyMemory<byte> bytes, SignalRules rules, ReadingProblems problems)
    {
        var errors = problems.Errors;
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                errors.Add(
                    new FieldError(
                        "",
                        "The body is JSON but no object; send an object such as {\"symbol\":\"BTC/USDT\",\"action\":\"buy\"}."
                    )
                );
                return (rules.Preset, null);
            }

            var payload = new JsonPayload(document.RootElement, problems);
            if (rules.Custom is null && BotMessages.Read(payload) is var (botPreset, message))
            {
                return (botPreset, message);
            }

            var preset = rules.Custom ?? Preset.ForJson(rules.Preset, payload);
            return (preset.Id, preset.Read(payload));
        }
        catch (JsonException e)
        {
            errors.Add(new FieldError("", Explain(e, bytes.Span)));
            return (rules.Preset, null);
        }
        catch (InvalidOperationException)
        {
            // How this JSON reader says that a name is no text; values are asked for one by one.
            errors.Add(new FieldError("", "A JSON key holds half of a surrogate pair, which is no valid text; send whole characters."));
            return (rules.Preset, null);
        }
    }

    private static string Explain(JsonException e, ReadOnlySpan<byte> bytes)
    {
        var where = $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
        if (e.Message.Contains("uplicate", StringComparison.Ordinal))
        {
            return "A JSON key stands twice in the body, so it is unclear which value counts; state each key once.";
        }

        if (e.Message.Contains("maximum configured depth", StringComparison.Ordinal))
        {
            return "The JSON is nested deeper than 16 levels; send a flatter object.";
        }

        var text = Encoding.UTF8.GetString(bytes);
        var hint =
            text.AsSpan().ContainsAny('“', '”', '‘') ? " It holds typographic quotes; use straight ones."
            : text.Contains("NaN", StringComparison.Ordinal) ? " It holds NaN: a placeholder had no value when the alert fired."
            : "";
        return $"The body is no valid JSON ({where}).{hint} Check quotes, commas and braces.";
    }

    /// <summary>Fills in the webhook's defaults and says what is still missing.</summary>
    private static SignalDraft Complete(
        SignalDraft draft,
        SignalRules rules,
        PresetFields fields,
        List<FieldError> errors,
        ReadingProblems problems
    )
    {
        draft = draft with { Symbol = draft.Symbol ?? rules.DefaultSymbol };
        if (draft.Symbol is null && !HasError(errors, fields.Symbol))
        {
            errors.Add(
                new FieldError(fields.Symbol, $"No symbol: state {fields.Shown(fields.Symbol)}, or give the webhook a default symbol.")
            );
        }

        var opens = draft.Action is SignalAction.Buy or SignalAction.Sell or SignalAction.Add && draft.Sentiment != Sentiment.Flat;
        if (
            opens
            && draft is { Quantity: null, Cost: null, Size: null, PositionSize: null }
            && !problems.Doubts.Any(d => FieldUse.IsSize(d.Meaning))
        )
        {
            draft = WithDefaultSize(draft, rules.DefaultSize, fields, errors);
        }

        if (draft.OrderType is OrderType.Limit or OrderType.StopLimit && draft.Price is null && !HasError(errors, fields.Price))
        {
            errors.Add(new FieldError(fields.Price, $"A {Name(draft.OrderType)} order needs a price; state {fields.Shown(fields.Price)}."));
        }

        if (draft.OrderType is OrderType.Stop or OrderType.StopLimit && draft.StopPrice is null && !HasError(errors, fields.StopPrice))
        {
            errors.Add(
                new FieldError(
                    fields.StopPrice,
                    $"A {Name(draft.OrderType)} order needs a stop price; state {fields.Shown(fields.StopPrice)}."
                )
            );
        }

        if (
            draft.OrderType == OrderType.TrailingStop
            && draft.TrailAmount is null == draft.TrailPercent is null
            && !HasError(errors, fields.Trail[0])
            && !HasError(errors, fields.Trail[1])
        )
        {
            errors.Add(
                new FieldError(
                    fields.Trail[0],
                    $"A trailing stop order needs one distance; state exactly one of {string.Join(", ", fields.Trail.Select(fields.Shown))}."
                )
            );
        }

        return draft;
    }

    private static SignalDraft WithDefaultSize(SignalDraft draft, SignalSize? size, PresetFields fields, List<FieldError> errors)
    {
        // A sell without a size closes what is held.
        if (size is null && draft.Action != SignalAction.Sell && !fields.Sizes.Any(f => HasError(errors, f)))
        {
            errors.Add(
                new FieldError(
                    fields.Sizes[0],
                    $"No size: state {string.Join(" or ", fields.Sizes.Select(fields.Shown))}, or give the webhook a default size."
                )
            );
        }

        draft = draft with { SizeIsDefault = size is null ? null : true };
        return size?.Mode switch
        {
            SizeMode.Base => draft with { Quantity = size.Value },
            SizeMode.Quote => draft with { Cost = size.Value },
            _ => draft with { Size = size },
        };
    }

    // A number that was stated but wrong has its own error already; "missing" on top of it would be noise.
    private static bool HasError(List<FieldError> errors, string field) => errors.Any(e => e.Field == field);

    private static string Name(OrderType type) => type == OrderType.StopLimit ? "stop limit" : type.ToString().ToLowerInvariant();
}

/// <param name="Preset">Id of the preset that read the payload.</param>
/// <param name="Draft">Only to be used when there are no errors.</param>
public sealed record SignalReading(string Preset, SignalDraft? Draft, IReadOnlyList<FieldError> Errors)
{
    /// <summary>The alert is understood in part, and cannot be traded as it was written.</summary>
    public OrderRefusal? Refusal { get; init; }

    /// <summary>What was wrong or not understood, and is not used.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
