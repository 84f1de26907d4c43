using System.Globalization;
using ExEngine.Core.Markets;
using ExEngine.Core.Text;
using ExEngine.Web.Components.Live;

namespace ExEngine.Web.Components.Parts.Values;

/// <summary>
/// Numbers as they stand in fields, in the reader's format and without groups: what is written here is read here as the same.
/// </summary>
public static class NumberText
{
    private static NumberFormat Format => ReaderPreferences.Current.Numbers;

    public static string Write(decimal value) => Format.Marked(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Null for an empty field.</summary>
    public static string? Write(decimal? value) => value is { } known ? Write(known) : null;

    /// <summary>A value that orders can have, with the decimals of the step.</summary>
    public static string Write(decimal value, Increments steps) => Format.Marked(steps.Text(value));

    /// <inheritdoc cref="TypedNumber.Read"/>
    public static TypedNumber Read(string? text) => TypedNumber.Read(text, Format);

    /// <inheritdoc cref="TypedNumber.ReadWhole"/>
    public static TypedNumber ReadWhole(string? text) => TypedNumber.ReadWhole(text, Format);

    /// <summary>
    /// The allowed value next to one: first onto the steps, then so many of them on. Never below zero.
    /// </summary>
    public static string Step(decimal value, Increments steps, int count)
    {
        var up = count > 0;
        var onStep = up ? steps.Down(value) : steps.Up(value) ?? value;
        var step = steps.IncrementAt(onStep) ?? 1;
        return Write(Math.Max(0, onStep + (count * step)), steps);
    }
}
