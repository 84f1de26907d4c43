using System.Collections.Concurrent;
using System.Reflection;
using MudBlazor;

namespace ExEngine.Web.Components.Parts;

/// <summary>The outlined icons of Material by their names there, which MudBlazor keeps as constants.</summary>
public static class IconSet
{
    private static readonly ConcurrentDictionary<string, string> Found = new();

    /// <summary>The icon as SVG; a circle where there is none of this name, because no page may stop for an icon.</summary>
    /// <param name="name">Such as <c>check_circle</c>.</param>
    public static string Find(string name) => Found.GetOrAdd(name, n => Read(n) ?? Icons.Material.Outlined.Circle);

    /// <summary>Whether there is an icon of this name.</summary>
    public static bool Has(string name) => Read(name) is not null;

    private static string? Read(string name)
    {
        const BindingFlags any = BindingFlags.Public | BindingFlags.Static | BindingFlags.IgnoreCase;
        var field = typeof(Icons.Material.Outlined).GetField(name.Replace("_", "", StringComparison.Ordinal), any);
        return field?.GetRawConstantValue() as string;
    }
}
