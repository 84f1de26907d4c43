namespace ExEngine.Web.Api;

/// <summary>Which part of a list is asked for; use it with <c>[AsParameters]</c>.</summary>
/// <param name="Limit">1 to 500 rows; 50 when it is not stated.</param>
/// <param name="Cursor">The <c>nextCursor</c> of the page before.</param>
public readonly record struct ApiPage(int? Limit, string? Cursor)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 500;

    /// <exception cref="BadHttpRequestException">The limit is out of range.</exception>
    public int Take =>
        Limit switch
        {
            null => DefaultLimit,
            >= 1 and <= MaxLimit => Limit.Value,
            _ => throw new BadHttpRequestException("limit is 1 to 500."),
        };

    /// <summary>One row more than asked, to learn whether there is a next page.</summary>
    public int TakeAndOne => Take + 1;

    /// <summary>The cursor as a row id: rows with a smaller id follow. Null on the first page.</summary>
    /// <exception cref="BadHttpRequestException">The cursor is not one of ours.</exception>
    public Guid? Before =>
        Cursor switch
        {
            null or "" => null,
            _ when Guid.TryParse(Cursor, out var id) => id,
            _ => throw new BadHttpRequestException("cursor is the nextCursor of the page before; leave it out for the first page."),
        };
}
