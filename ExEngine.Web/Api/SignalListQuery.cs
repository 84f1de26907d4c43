using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Web.Api;

/// <summary>The filters of a signal list as a query states them.</summary>
/// <param name="Status">A <see cref="SignalStatus"/> by name.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
public readonly record struct SignalListQuery(Guid? WebhookId, string? Status, string? Symbol, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>Null when all fields can be understood.</summary>
    public Dictionary<string, string[]>? Errors
    {
        get
        {
            var errors = new Dictionary<string, string[]>();
            if (!string.IsNullOrEmpty(Status) && ParsedStatus is null)
            {
                errors["status"] =
                [
                    $"status is one of {string.Join(", ", Enum.GetNames<SignalStatus>().Select(n => n.ToLowerInvariant()))}.",
                ];
            }

            if (Symbol is not null && !StoredText.Fits(Symbol))
            {
                errors["symbol"] = [$"symbol {StoredText.Rule}"];
            }

            if (From >= To)
            {
                errors["to"] = ["to is later than from."];
            }

            return errors.Count == 0 ? null : errors;
        }
    }

    public SignalFilter Filter =>
        new()
        {
            WebhookId = WebhookId,
            Status = ParsedStatus,
            Symbol = string.IsNullOrWhiteSpace(Symbol) ? null : Symbol,
            From = From?.UtcDateTime,
            To = To?.UtcDateTime,
        };

    private SignalStatus? ParsedStatus => RestName.Find<SignalStatus>(Status);
}
