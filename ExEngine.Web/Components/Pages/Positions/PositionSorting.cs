using ExEngine.Web.Components.Parts.Tables;

namespace ExEngine.Web.Components.Pages.Positions;

/// <summary>
/// What a list of positions is sorted by. It stands in the address, and is applied when it is chosen: prices move no row.
/// </summary>
/// <param name="Key">One of the column names below.</param>
/// <param name="IsUp">The smallest first.</param>
public readonly record struct PositionSorting(string Key, bool IsUp)
{
    public const string Value = "value";
    public const string Profit = "profit";
    public const string Stop = "stop";
    public const string Symbol = "symbol";
    public const string Account = "account";
    public const string Quantity = "quantity";
    public const string Average = "average";
    public const string Last = "last";

    private static readonly string[] Keys = [Value, Profit, Stop, Symbol, Account, Quantity, Average, Last];

    /// <summary>As a <see cref="ListSort"/> says it; the largest first for what is in no address.</summary>
    public static PositionSorting Of(string? text)
    {
        var sort = ListSort.Of(text, new ListSort(Value, true), Keys);
        return new(sort.Column, !sort.Descending);
    }

    /// <summary>The address of the list by a column: words begin at A and numbers with the largest, and once more turns it round.</summary>
    public string Address(string key, bool closed)
    {
        var isUp = key == Key ? !IsUp : key is Symbol or Account;
        return $"positions?{(closed ? "show=closed&" : "")}sort={new ListSort(key, !isUp).Text}";
    }

    /// <summary>Which way it is sorted by a column; null when it is by another.</summary>
    public bool? IsUpBy(string key) => key == Key ? IsUp : null;

    /// <summary>What is not known comes last, whichever way.</summary>
    public IReadOnlyList<T> Sort<T>(IEnumerable<T> rows, Func<T, string, IComparable?> of)
    {
        var key = Key;
        var known = rows.Select(r => (Row: r, Value: of(r, key))).ToList();
        var sorted = IsUp
            ? known.OrderBy(r => r.Value is null).ThenBy(r => r.Value)
            : known.OrderBy(r => r.Value is null).ThenByDescending(r => r.Value);
        return [.. sorted.Select(r => r.Row)];
    }
}
