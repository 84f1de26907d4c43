namespace ExEngine.Core.Portfolio;

/// <summary>Coins that no position holds are to belong to one: of a position's id, of a webhook, or by hand.</summary>
public sealed record AssignInput
{
    public Guid? PositionId { get; init; }
    public Guid? WebhookId { get; init; }
    public bool? Manual { get; init; }

    /// <summary>The market of the position when it is not named by its id; default: the asset in USDT.</summary>
    public string? Symbol { get; init; }

    /// <summary>In the asset, above 0 and at most what is unassigned.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>In quote: what they cost altogether. Default: at the last price.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Field errors, by the field's name; empty when there are none.</summary>
    internal Dictionary<string, string[]> Errors()
    {
        var errors = new Dictionary<string, string[]>();
        if (Quantity is not > 0)
        {
            errors[nameof(Quantity)] = ["The quantity is above 0."];
        }

        if (Cost < 0)
        {
            errors[nameof(Cost)] = ["The cost is not negative."];
        }

        if (new[] { PositionId is not null, WebhookId is not null, Manual == true }.Count(stated => stated) != 1)
        {
            errors[nameof(PositionId)] = ["State one of positionId, webhookId and manual."];
        }

        return errors;
    }
}
