using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ExEngine.Core.Data;

/// <summary>
/// Marks every <see cref="DateTime"/> read from the database as UTC, which SQLite cannot say by itself. Writing a
/// local or unspecified time is a bug and throws.
/// </summary>
public sealed class UtcDateTimeConverter()
    : ValueConverter<DateTime, DateTime>(value => RequireUtc(value), value => DateTime.SpecifyKind(value, DateTimeKind.Utc))
{
    private static DateTime RequireUtc(DateTime value) =>
        value.Kind == DateTimeKind.Utc
            ? value
            : throw new InvalidOperationException($"Times are stored in UTC; this one is {value.Kind}: {value:O}.");
}
