using System.Runtime.CompilerServices;

namespace ExEngine.Core.Orders.Queries;

/// <summary>
/// A long list read page after page, for an export: constant memory at any length, and no transaction that lasts as long.
/// </summary>
public static class EveryPage
{
    /// <param name="read">So many rows after this one, or from the first when it is null.</param>
    /// <param name="size">Rows of one page, above 0; a shorter page is the last.</param>
    public static async IAsyncEnumerable<T> Of<T>(
        Func<T?, int, CancellationToken, Task<IReadOnlyList<T>>> read,
        int size,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
        where T : class
    {
        T? last = null;
        IReadOnlyList<T> page;
        do
        {
            page = await read(last, size, cancellationToken);
            foreach (var row in page)
            {
                yield return row;
            }

            last = page.Count > 0 ? page[^1] : null;
        } while (page.Count == size);
    }
}
