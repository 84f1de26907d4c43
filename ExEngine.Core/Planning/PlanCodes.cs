using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Planning;

/// <summary>The closed set of refusal codes that planning adds to those of the market's rules and of the risk limits.</summary>
public static class PlanCodes
{
    /// <summary>More is to be sold than is held.</summary>
    public const string NotHeld = "not_held";

    /// <summary>There is no position to add to, or to take a share of.</summary>
    public const string NoPosition = "no_position";

    /// <summary>The size follows from a stop-loss, and none is stated.</summary>
    public const string StopRequired = "stop_required";

    /// <summary>The stop-loss is not below the entry.</summary>
    public const string StopNotBelowEntry = "stop_not_below_entry";

    /// <summary>The order costs more than is free.</summary>
    public const string InsufficientFunds = "insufficient_funds";

    /// <summary>No size is stated where one is needed.</summary>
    public const string SizeMissing = "size_missing";

    /// <summary>This way of sizing is not for this kind of signal.</summary>
    public const string SizeUnsuited = "size_unsuited";

    /// <summary>A trailing stop is for selling what is held.</summary>
    public const string TrailingEntry = "trailing_entry";

    /// <summary>A trailing stop states how far it trails.</summary>
    public const string TrailMissing = "trail_missing";

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
