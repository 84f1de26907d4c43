using System.Globalization;
using ExEngine.Core.Markets;

namespace ExEngine.Web.Components.Parts.Values;

/// <summary>Numbers as they are put into fields. What is typed there is read by <c>TypedNumber</c>.</summary>
public static class NumberText
{
    public static string Write(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Null for an empty field.</summary>
    public static string? Write(decimal? value) => value is { } known ? Write(known) : null;

    /// <summary>
    /// The allowed value next to one: first onto the steps, then so many of them on. Never below zero.
    /// </summary>
    public static string Step(decimal value, Increments steps, int count)
    {
        var up = count > 0;
        var onStep = up ? steps.Down(value) : steps.Up(value) ?? value;
        var step = steps.IncrementAt(onStep) ?? 1;
        return steps.Text(Math.Max(0, onStep + (count * step)));
    }
}
