using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ExEngine.Core.Data;

/// <summary>
/// Marks every <see cref="DateTime"/> read from the database as UTC, which SQLite cannot say by itself. Writing a
/// local or unspecified time is a bug and throws.
/// </summary>
public sealed class UtcDateTimeConverter()
    : ValueConverter<DateTime, DateTime>(value => RequireUtc(value), value => DateTime.SpecifyKind(value, DateTimeKind.Utc))
{
    // Also called by the generated model (Data/Compiled). The tool that writes it asks for the converted default of every column.
    internal static DateTime RequireUtc(DateTime value) =>
        value.Kind == DateTimeKind.Utc || (EF.IsDesignTime && value == default)
            ? value
            : throw new InvalidOperationException($"Times are stored in UTC; this one is {value.Kind}: {value:O}.");
}
