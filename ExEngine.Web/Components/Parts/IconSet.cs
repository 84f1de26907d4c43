using System.Collections.Concurrent;
using System.Reflection;
using MudBlazor;

namespace ExEngine.Web.Components.Parts;

/// <summary>The outlined icons of Material by their names there, which MudBlazor keeps as constants.</summary>
public static class IconSet
{
    private static readonly ConcurrentDictionary<string, string> Found = new();

    /// <summary>The icon as SVG.</summary>
    /// <param name="name">Such as <c>check_circle</c>.</param>
    /// <exception cref="ArgumentException">There is no such icon.</exception>
    public static string Find(string name) => Found.GetOrAdd(name, Read);

    private static string Read(string name)
    {
        const BindingFlags any = BindingFlags.Public | BindingFlags.Static | BindingFlags.IgnoreCase;
        var field = typeof(Icons.Material.Outlined).GetField(name.Replace("_", "", StringComparison.Ordinal), any);
        return field?.GetRawConstantValue() as string ?? throw new ArgumentException($"There is no icon '{name}'.", nameof(name));
    }
}
