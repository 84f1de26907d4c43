using System.Text;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Payloads;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Webhooks.Intake;
using Shouldly;

namespace ExEngine.Tests.Webhooks.Payloads;

/// <summary>A body and the whole draft that it makes, as it is stored.</summary>
internal static class GoldenDraft
{
    /// <summary>Read with the preset named, and again recognised by itself.</summary>
    public static void ShouldBe(string body, string preset, string draft, SignalRules? rules = null)
    {
        foreach (var id in new[] { "auto", preset })
        {
            var reading = Read(body, (rules ?? Doors.Rules) with { Preset = id });

            reading.Errors.ShouldBeEmpty();
            reading.Preset.ShouldBe(preset);
            var stored = SignalDetailJson.Write(new SignalDetail { Draft = reading.Draft });
            stored.ShouldBe($$"""{"draft":{{draft.ReplaceLineEndings("")}}}""");
            SignalDetailJson.Write(SignalDetailJson.Read(stored)).ShouldBe(stored);
        }
    }

    public static SignalReading Read(string body, SignalRules? rules = null) =>
        SignalParser.Parse(SecretFields.Redact(Encoding.UTF8.GetBytes(body), []).Bytes, rules ?? Doors.Rules);
}
