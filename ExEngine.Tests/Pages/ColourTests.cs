using System.Globalization;
using System.Text.RegularExpressions;
using ExEngine.Core.Preferences;
using ExEngine.Tests.Support;
using ExEngine.Web.Components.Pages.Preferences;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

/// <summary>The colours of rising and falling can be read on everything that they stand on, whichever were chosen, in both looks.</summary>
public sealed partial class ColourTests
{
    private const double Aa = 4.5;

    private static readonly bool[] Looks = [false, true];
    private static readonly string[] Ways = ["up", "down"];
    private static readonly string[] Grounds = ["page", "surface", "raised", "sunken", "hover"];

    private static readonly string Sheet = File.ReadAllText(Source.Path("ExEngine.Web/wwwroot/theme.css"));

    public static TheoryData<PriceColours, bool> All =>
        new(from colours in Enum.GetValues<PriceColours>() from dark in Looks select new TheoryDataRow<PriceColours, bool>(colours, dark));

    [Theory, MemberData(nameof(All))]
    public void UpAndDown_AreReadableOnEverySurface(PriceColours colours, bool dark)
    {
        foreach (var way in Ways)
        {
            var colour = Token(colours, way, dark);
            foreach (var ground in Grounds.Append($"{way}-wash"))
            {
                Contrast(colour, Token(colours, ground, dark)).ShouldBeGreaterThanOrEqualTo(Aa, $"--{way} on --{ground}");
            }

            Contrast(Token(colours, $"on-{way}", dark), colour).ShouldBeGreaterThanOrEqualTo(Aa, $"--on-{way} on --{way}");
        }

        Token(colours, "up", dark).ShouldNotBe(Token(colours, "down", dark));
    }

    // The choice's own block counts before what holds without one.
    private static string Token(PriceColours colours, string name, bool dark)
    {
        var own = Regex.Match(Sheet, $$"""\[data-colours="{{PreferencesPage.Name(colours)}}"\] \{(.*?)\}""", RegexOptions.Singleline);
        own.Success.ShouldBeTrue();
        var value = Value(own.Groups[1].Value, name) ?? Value(Sheet, name).ShouldNotBeNull();
        return Reference().Match(value) is { Success: true } other ? Token(colours, other.Groups[1].Value, dark)
            : Both().Match(value) is { Success: true } both ? both.Groups[dark ? 2 : 1].Value
            : value;
    }

    private static string? Value(string css, string name) =>
        Regex.Match(css, $@"--{Regex.Escape(name)}: ([^;]+);") is { Success: true } found ? found.Groups[1].Value : null;

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex)
    {
        var digits = hex.Trim().TrimStart('#');
        digits = digits.Length == 3 ? string.Concat(digits.Select(c => $"{c}{c}")) : digits;
        var parts = digits
            .Chunk(2)
            .Select(c => int.Parse(c, NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(v => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4))
            .ToList();
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    [GeneratedRegex(@"^var\(--([a-z-]+)\)$")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)$")]
    private static partial Regex Both();
}
