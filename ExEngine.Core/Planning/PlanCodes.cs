using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Planning;

/// <summary>Codes: what the planning of a signal says. See <see cref="RefusalCode"/>.</summary>
public static class PlanCodes
{
    [Refusal(
        "More is to be sold than is held.",
        "Nothing: what is held is sold without asking, and here nothing is.",
        Field = "quantity",
        Asked = true,
        Limit = true,
        Nearest = true
    )]
    public const string NotHeld = "not_held";

    [Refusal(
        "There is no position to add to, or to take a share of.",
        "Open one first, or state another size.",
        Field = "quantity or action"
    )]
    public const string NoPosition = "no_position";

    [Refusal("The size follows from a stop-loss, and none is stated.", "State a stop-loss.", Field = "stopLoss")]
    public const string StopRequired = "stop_required";

    [Refusal("The stop-loss is not below the entry.", "State a lower stop-loss.", Field = "stopLoss", Asked = true, Limit = true)]
    public const string StopNotBelowEntry = "stop_not_below_entry";

    [Refusal("No size is stated where one is needed.", "State one, or give the webhook a default size.", Field = "quantity")]
    public const string SizeMissing = "size_missing";

    [Refusal("This way of sizing is not for this kind of signal.", "State the size in another way, or leave it out.", Field = "quantity")]
    public const string SizeUnsuited = "size_unsuited";

    [Refusal("A trailing stop is for selling what is held.", "Enter with another order type.", Field = "orderType")]
    public const string TrailingEntry = "trailing_entry";

    [Refusal("A trailing stop does not say how far it trails.", "State the distance.", Field = "trailPercent")]
    public const string TrailMissing = "trail_missing";

    /// <summary>Given by others too.</summary>
    public const string InsufficientFunds = RefusalCodes.InsufficientFunds;

    internal static OrderRefusal Refusal(
        string code,
        string field,
        string message,
        decimal? asked = null,
        decimal? limit = null,
        decimal? nearest = null
    ) =>
        new(
            code,
            field,
            asked is { } a ? ExactJson.Text(a) : null,
            limit is { } l ? ExactJson.Text(l) : null,
            nearest is { } n and > 0 ? [ExactJson.Text(n)] : [],
            message
        );
}
