using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ExEngine.Web.Components.Live;

/// <summary>Errors of a database that a page survives: it tells them, and keeps what was shown or typed.</summary>
public static class DatabaseError
{
    /// <summary>EF tells a connection that it cannot use as <see cref="InvalidOperationException"/>.</summary>
    public static bool Is(Exception e) =>
        e is DbException or DbUpdateException or RetryLimitExceededException or TimeoutException or InvalidOperationException;
}
