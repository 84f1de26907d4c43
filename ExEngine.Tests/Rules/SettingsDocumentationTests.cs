using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ExEngine.Core.Hosting;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Rules;

/// <summary>docs/settings.md is the manual: every setting, its default and its bounds, and nothing that is not one.</summary>
[NeedsServer]
public sealed partial class SettingsDocumentationTests
{
    [Fact]
    public async Task EverySetting_IsDocumentedWithItsDefaultAndBounds()
    {
        await using var app = new AppFactory { ["Gateway:Enabled"] = "false" };
        var settings = app.Get<IEnumerable<SettingsSection>>()
            .SelectMany(s => Rows(s.Name, s.Type))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();

        settings.Count.ShouldBeGreaterThan(20);
        Documented().Order(StringComparer.Ordinal).ShouldBe(settings);
    }

    private static IEnumerable<string> Documented() =>
        File.ReadLines(Source.Path("docs", "settings.md"))
            .Select(line => Row().Match(line))
            .Where(m => m.Success)
            .Select(m => $"{m.Groups[1].Value} | {m.Groups[2].Value.Trim()} | {m.Groups[3].Value.Trim()}");

    private static IEnumerable<string> Rows(string section, Type type)
    {
        if (typeof(IDictionary).IsAssignableFrom(type))
        {
            for (var dictionary = type; ; dictionary = dictionary.BaseType!)
            {
                if (dictionary.IsGenericType && dictionary.GetGenericTypeDefinition() == typeof(Dictionary<,>))
                {
                    return Rows($"{section}:<id>", dictionary.GenericTypeArguments[1]);
                }
            }
        }

        var defaults = Activator.CreateInstance(type)!;
        return type.GetProperties()
            .Where(p => p.CanWrite)
            .SelectMany(p =>
                p.PropertyType is { IsClass: true } group
                && group.Assembly.GetName().Name!.StartsWith("ExEngine.", StringComparison.Ordinal)
                    ? Rows($"{section}:{p.Name}", group)
                    : [$"{section}:{p.Name} | {Text(p.GetValue(defaults))} | {Allowed(p)}"]
            );
    }

    private static string Allowed(PropertyInfo setting)
    {
        var range = setting.GetCustomAttribute<RangeAttribute>();
        return range is not null
            ? range.OperandType == typeof(decimal)
                ? $"{range.Minimum} to {range.Maximum}"
                : $"{Text(range.Minimum)} to {Text(range.Maximum)}"
            : setting.PropertyType.IsEnum
                ? string.Join(", ", Enum.GetNames(setting.PropertyType))
                : setting.PropertyType == typeof(bool)
                    ? "true, false"
                    : setting.GetCustomAttribute<MinLengthAttribute>() is { } length
                        ? $"{length.Length} characters or more"
                        : "";
    }

    private static string Text(object? value) =>
        value switch
        {
            null or "" => "none",
            bool flag => flag ? "true" : "false",
            TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
            string text when TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var span) => Text(span),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };

    [GeneratedRegex(@"^\| `([^`]+)` \| `?([^|`]*)`? \|([^|]*)\|")]
    private static partial Regex Row();
}
