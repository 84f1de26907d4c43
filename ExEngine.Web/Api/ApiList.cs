using System.Text.Json.Serialization;

namespace ExEngine.Web.Api;

/// <summary>The shape of every list.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> to read on; null at the end.</param>
public sealed record ApiList<T>(IReadOnlyList<T> Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? NextCursor);

public static class ApiList
{
    /// <param name="rows">Up to <see cref="ApiPage.TakeAndOne"/> rows: the one too many says that there are more.</param>
    public static ApiList<T> Of<TRow, T>(IReadOnlyList<TRow> rows, ApiPage page, Func<TRow, string> cursor, Func<TRow, T> view) =>
        new([.. rows.Take(page.Take).Select(view)], rows.Count > page.Take ? cursor(rows[page.Take - 1]) : null);
}
