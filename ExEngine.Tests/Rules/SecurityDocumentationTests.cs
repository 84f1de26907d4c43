using System.Reflection;
using System.Text.RegularExpressions;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Rules;

/// <summary>What <c>docs/security.md</c> says stands against an attack is a test that there is.</summary>
public sealed partial class SecurityDocumentationTests
{
    [Fact]
    public void EveryAttack_HasItsTest()
    {
        var classes = Assembly.GetExecutingAssembly().GetTypes().Where(t => t.Name.EndsWith("Tests", StringComparison.Ordinal)).ToList();
        var page = File.ReadAllText(Source.Path("docs", "security.md"));
        var attacks = page[page.IndexOf("## Attacks", StringComparison.Ordinal)..page.IndexOf("## What is not", StringComparison.Ordinal)];

        var named = Name().Matches(attacks);
        named.Count.ShouldBeGreaterThan(30);
        named
            .Where(m =>
                !classes.Any(c =>
                    c.FullName!.EndsWith("." + m.Groups[1].Value, StringComparison.Ordinal)
                    && (!m.Groups[2].Success || c.GetMethod(m.Groups[2].Value) is not null)
                )
            )
            .Select(m => m.Value)
            .ShouldBeEmpty("docs/security.md names tests that do not exist.");
    }

    [GeneratedRegex(@"`((?:[A-Za-z]+\.)?[A-Za-z]+Tests)(?:\.([A-Za-z_]+))?`")]
    private static partial Regex Name();
}
