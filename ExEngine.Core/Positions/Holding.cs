using System.Text.Json;
using ExEngine.Core.Text;

namespace ExEngine.Core.Positions;

/// <summary>
/// The part of a <see cref="Position"/> that its fills decide, as a value. <see cref="PositionMath"/> makes the next from the last.
/// </summary>
public sealed record Holding
{
    public required string Base { get; init; }
    public required string Quote { get; init; }

    /// <summary>In base: executed less fees in base. Never negative.</summary>
    public decimal Quantity { get; init; }

    /// <summary>In quote, fees in quote included.</summary>
    public decimal EntryCost { get; init; }

    /// <summary>In quote, ever.</summary>
    public decimal RealizedProfit { get; init; }

    /// <summary>In quote, of this round: from the first buy after a close to the close, and kept until the next one begins.</summary>
    public decimal RoundTripProfit { get; init; }

    /// <summary>In base.</summary>
    public decimal SoldFromOutside { get; init; }

    /// <summary>Asset to the sum of what was ever paid in it; a rebate is negative.</summary>
    public IReadOnlyDictionary<string, decimal> Fees { get; init; } = new Dictionary<string, decimal>();

    /// <summary>UTC; null while closed.</summary>
    public DateTime? OpenedAt { get; init; }

    /// <summary>UTC; null while open or never opened. Set with dust left as well.</summary>
    public DateTime? ClosedAt { get; init; }
    public DateTime? LastFillAt { get; init; }
    public string? LastTradeId { get; init; }

    /// <summary>In quote per base, rounded to 28 digits; null while nothing is held.</summary>
    public decimal? AverageEntry => Quantity > 0 ? EntryCost / Quantity : null;

    public static Holding Of(Position position) =>
        new()
        {
            Base = position.Base,
            Quote = position.Quote,
            Quantity = position.Quantity,
            EntryCost = position.EntryCost,
            RealizedProfit = position.RealizedProfit,
            RoundTripProfit = position.RoundTripProfit,
            SoldFromOutside = position.SoldFromOutside,
            Fees = JsonSerializer.Deserialize<Dictionary<string, decimal>>(position.Fees, ExactJson.Options)!,
            OpenedAt = position.OpenedAt,
            ClosedAt = position.ClosedAt,
            LastFillAt = position.LastFillAt,
            LastTradeId = position.LastTradeId,
        };

    /// <summary>Leaves identity, protection, version and times of the row to the caller.</summary>
    public void WriteTo(Position position)
    {
        position.Quantity = Quantity;
        position.EntryCost = EntryCost;
        position.RealizedProfit = RealizedProfit;
        position.RoundTripProfit = RoundTripProfit;
        position.SoldFromOutside = SoldFromOutside;
        position.Fees = JsonSerializer.Serialize(Fees, ExactJson.Options);
        position.OpenedAt = OpenedAt;
        position.ClosedAt = ClosedAt;
        position.LastFillAt = LastFillAt;
        position.LastTradeId = LastTradeId;
    }
}
