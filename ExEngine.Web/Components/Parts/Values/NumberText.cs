using System.Globalization;
using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Web.Components.Parts.Values;

/// <summary>Numbers as people type and paste them: spaces, commas and underscores between digits do not count.</summary>
public static class NumberText
{
    /// <returns>Null when there is none, or it is no number.</returns>
    public static decimal? Read(string? text) => TryRead(text, out var value) ? value : null;

    /// <returns>False when something stands there that is no number.</returns>
    public static bool TryRead(string? text, out decimal? value)
    {
        value = null;
        var digits = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c) && c is not (',' or '_')));
        if (digits.Length == 0)
        {
            return true;
        }

        var read = ExactNumber.TryParse(digits, out var number, out _);
        value = read ? number : null;
        return read;
    }

    public static string Write(decimal value) => value.ToString(CultureInfo.InvariantCulture);

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
