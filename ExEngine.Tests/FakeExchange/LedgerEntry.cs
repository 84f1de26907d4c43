namespace ExEngine.Tests.FakeExchange;

/// <summary>One line of the exchange's own record. Only what the kind has is set.</summary>
public sealed record LedgerEntry
{
    /// <summary>1, 2, 3, … without gaps.</summary>
    public long Id { get; init; }

    public LedgerKind Kind { get; init; }
    public DateTime At { get; init; }
    public string? Account { get; init; }
    public string? Symbol { get; init; }
    public string? ClientOrderId { get; init; }
    public long? OrderId { get; init; }

    /// <summary>BUY or SELL.</summary>
    public string? Side { get; init; }

    /// <summary>LIMIT, MARKET, …</summary>
    public string? Type { get; init; }

    public decimal? Price { get; init; }
    public decimal? StopPrice { get; init; }

    /// <summary>In the base asset.</summary>
    public decimal? Quantity { get; init; }

    public decimal? QuoteQuantity { get; init; }
    public long? TradeId { get; init; }
    public decimal? Commission { get; init; }
    public string? CommissionAsset { get; init; }
    public bool? Maker { get; init; }
    public string? Asset { get; init; }
    public string? BaseAsset { get; init; }
    public string? QuoteAsset { get; init; }

    /// <summary>Method and path of a request.</summary>
    public string? Endpoint { get; init; }

    /// <summary>When the first byte of the request had arrived, by the real clock.</summary>
    public DateTime? ArrivedAt { get; init; }

    /// <summary>Whether the request had its effect: an order accepted or cancelled, a question answered.</summary>
    public bool? Executed { get; init; }

    /// <summary>What it would answer without a fault.</summary>
    public int? Status { get; init; }

    /// <summary>Binance's error code.</summary>
    public int? Code { get; init; }

    public string? Fault { get; init; }
}
