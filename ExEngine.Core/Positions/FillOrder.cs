namespace ExEngine.Core.Positions;

/// <summary>
/// The order in which fills count: by the exchange's time, then by trade id. Ids of digits count as numbers of any length and
/// come before others, which go by their characters; so the order is total, whatever an exchange calls its trades.
/// </summary>
public sealed class FillOrder : IComparer<Fill>
{
    public static FillOrder Instance { get; } = new();

    public int Compare(Fill? x, Fill? y) =>
        x is null || y is null ? (x is null ? 0 : 1) - (y is null ? 0 : 1) : Compare(x.At, x.ExchangeTradeId, y.At, y.ExchangeTradeId);

    public static int Compare(DateTime at, string tradeId, DateTime otherAt, string otherTradeId)
    {
        var byTime = at.CompareTo(otherAt);
        return byTime != 0 ? byTime : CompareIds(tradeId, otherTradeId);
    }

    private static int CompareIds(string one, string other)
    {
        var (isNumber, otherIsNumber) = (IsNumber(one), IsNumber(other));
        if (isNumber != otherIsNumber)
        {
            return isNumber ? -1 : 1;
        }

        if (isNumber)
        {
            var digits = one.AsSpan().TrimStart('0');
            var otherDigits = other.AsSpan().TrimStart('0');
            var bySize = digits.Length != otherDigits.Length ? digits.Length - otherDigits.Length : digits.SequenceCompareTo(otherDigits);
            if (bySize != 0)
            {
                return bySize;
            }
        }

        return string.CompareOrdinal(one, other);
    }

    private static bool IsNumber(string id) => id.Length > 0 && !id.AsSpan().ContainsAnyExceptInRange('0', '9');
}
