using ExEngine.Core.Webhooks.Signals;
using ExEngine.Web.Components.Parts;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Signals;

/// <summary>A signal in words, symbols and tones.</summary>
public static class SignalLabels
{
    public static (string Word, string Symbol, Tone Tone) Of(SignalStatus status) =>
        status switch
        {
            SignalStatus.Accepted => ("Checked", "check_circle", Tone.Good),
            SignalStatus.Planned => ("Working", "pending", Tone.Working),
            SignalStatus.Done => ("Done", "task_alt", Tone.Good),
            SignalStatus.Refused => ("Refused", "block", Tone.Bad),
            SignalStatus.Stale => ("Too old", "history_toggle_off", Tone.Attention),
            SignalStatus.Failed => ("Failed", "error", Tone.Bad),
            _ => (status.ToString(), "help", Tone.Neutral),
        };

    public static (string Word, string Symbol, Tone Tone) Action(string? action) =>
        action switch
        {
            "buy" => ("Buy", "arrow_upward", Tone.Up),
            "sell" => ("Sell", "arrow_downward", Tone.Down),
            "exit" => ("Exit", "logout", Tone.Neutral),
            "add" => ("Add", "add", Tone.Neutral),
            "cancel" => ("Cancel", "close", Tone.Neutral),
            null => ("–", "", Tone.Neutral),
            _ => (Code(action), "", Tone.Neutral),
        };

    /// <summary>The outcome as one sentence.</summary>
    public static string Outcome(SignalStatus status, string? reason, SignalDetail detail) =>
        status switch
        {
            _ when reason is { Length: > 0 } => reason,
            SignalStatus.Accepted when detail.Draft?.Bot is not null => "It is understood, and asks something of a bot.",
            SignalStatus.Accepted when detail.Checks.Count == 0 => "It states no number that a market rule could be checked against.",
            SignalStatus.Accepted => "Every number that it states fits the market's rules.",
            SignalStatus.Planned => "Its orders are being placed.",
            SignalStatus.Done => "Everything that it asked for has happened.",
            SignalStatus.Refused when detail.Refusal is { } refusal => refusal.Message,
            SignalStatus.Refused when detail.Errors.Count > 0 => string.Join(" ", detail.Errors.Select(e => e.Message)),
            _ => "",
        };

    /// <summary><c>price_off_tick</c> becomes "Price off tick".</summary>
    public static string Code(string code) => code.Length == 0 ? code : char.ToUpperInvariant(code[0]) + code[1..].Replace('_', ' ');

    /// <summary>Milliseconds with one decimal below ten, whole above; "–" while unknown.</summary>
    public static string Milliseconds(TimeSpan? span) =>
        span switch
        {
            null => "–",
            { TotalMilliseconds: < 10 } s => s.TotalMilliseconds.ToString("0.0", AmountText.Format),
            { } s => s.TotalMilliseconds.ToString("#,0", AmountText.Format),
        };
}
