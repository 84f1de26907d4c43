using System.Reflection;

namespace ExEngine.Core.Markets;

/// <summary>
/// A code of the closed set that signals, orders and problem responses carry: one code per fact. Each is a constant beside the code that
/// gives
/// it, marked with <see cref="RefusalAttribute"/>, and stands in <c>docs/codes.md</c>. An order that an exchange turned down carries that
/// exchange's own code instead, as it was given.
/// </summary>
/// <param name="Code">What scripts match.</param>
/// <param name="About">How it is registered.</param>
public sealed record RefusalCode(string Code, RefusalAttribute About)
{
    /// <summary>All of them, by code.</summary>
    public static IReadOnlyList<RefusalCode> All { get; } =
    [
        .. typeof(RefusalCode)
            .Assembly.GetTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(f => (Field: f, About: f.GetCustomAttribute<RefusalAttribute>()))
            .Where(f => f.About is not null)
            .Select(f => new RefusalCode((string)f.Field.GetRawConstantValue()!, f.About!))
            .OrderBy(c => c.Code, StringComparer.Ordinal),
    ];

    /// <summary>What the same fact was called before.</summary>
    public IReadOnlyList<string> Former => About.Former?.Split(", ") ?? [];
}
