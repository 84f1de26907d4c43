using System.Reflection;
using System.Text.RegularExpressions;
using ExEngine.Core.Markets;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Rules;

/// <summary>The codes are a closed set: registered once, documented in <c>docs/codes.md</c>, and nothing else is given out.</summary>
public sealed partial class CodesDocumentationTests
{
    [Fact]
    public void EveryCode_IsDocumentedAsItIsRegistered()
    {
        RefusalCode.All.Count.ShouldBeGreaterThan(60);

        File.ReadLines(Source.Path("docs", "codes.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ShouldBe(RefusalCode.All.Select(Row).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Codes_AreRegisteredOnce_AndFormerOnesAreGone()
    {
        var codes = RefusalCode.All.Select(c => c.Code).ToList();

        codes.ShouldBeUnique();
        codes.ShouldAllBe(code => Shape().IsMatch(code));
        codes.Intersect(RefusalCode.All.SelectMany(c => c.Former)).ShouldBeEmpty();
    }

    [Fact]
    public void ConstantsOfCodeClasses_AreRegistered()
    {
        var codes = RefusalCode.All.Select(c => c.Code).ToHashSet();

        typeof(RefusalCode)
            .Assembly.GetTypes()
            .Where(t => t.IsPublic && t.IsAbstract && t.IsSealed && t.Name.EndsWith("Codes", StringComparison.Ordinal))
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(f => f.IsLiteral && !codes.Contains((string)f.GetRawConstantValue()!))
            .Select(f => $"{f.DeclaringType!.Name}.{f.Name}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void WhatGivesCodesOut_NamesRegisteredConstants()
    {
        var known = RefusalCode.All.SelectMany(c => c.Former.Append(c.Code)).ToHashSet();
        var found = new List<string>();
        foreach (var file in SourceFile.All.Where(IsOurs))
        {
            var text = Comment().Replace(File.ReadAllText(Source.Path(file.Path)), "");
            var given = Given().Matches(text).Select(m => m.Groups.Cast<Group>().Skip(1).First(g => g.Success).Value);

            // A code that is no plain word is nowhere else a text of the source.
            var written = file.Name.EndsWith("Codes", StringComparison.Ordinal)
                ? []
                : Literal().Matches(text).Select(m => m.Groups[1].Value).Where(known.Contains);
            found.AddRange(given.Concat(written).Select(code => $"{file.Path}: \"{code}\""));
        }

        found.ShouldBeEmpty();
    }

    // The words of message formats, of the gateway and of ASP.NET Identity are their own.
    private static bool IsOurs(SourceFile file) =>
        !file.Path.StartsWith("ExEngine.Tests/", StringComparison.Ordinal)
        && !file.Path.Contains("/Payloads/", StringComparison.Ordinal)
        && file.Name is not "CcxtErrors" and not "EmailPolicy";

    private static string Row(RefusalCode code)
    {
        var about = code.About;
        var numbers = new[] { (about.Asked, "asked"), (about.Limit, "limit"), (about.Nearest, "nearest") }
            .Where(n => n.Item1)
            .Select(n => n.Item2);
        var field = about.Field is { } f ? string.Join(" or ", f.Split(" or ").Select(one => $"`{one}`")) : "";
        var given = string.Join(": ", new[] { field, string.Join(", ", numbers) }.Where(part => part.Length > 0));
        var former = code.Former.Count > 0 ? $" Formerly {string.Join(", ", code.Former.Select(one => $"`{one}`"))}." : "";
        return $"| `{code.Code}` | {about.Meaning}{former} | {given} | {about.Help} |";
    }

    [GeneratedRegex("^[a-z]+(_[a-z]+)*$")]
    private static partial Regex Shape();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();

    // Where a code is stated: refusals, problems, faults, ends of plans, assignments.
    [GeneratedRegex(
        """(?:OrderRefusal|PlanEnd|PlanCodes\.Refusal|PaperFaults\.Rule|\bRule)\(\s*"(\w+)"|Problem\(\s*(?:StatusCodes\.\w+|\d{3}),\s*"(\w+)"|FaultKind\.\w+,\s*"(\w+)"|\b[cC]ode\s*=\s*"(\w+)"|new\("code", "(\w+)"\)"""
    )]
    private static partial Regex Given();

    [GeneratedRegex("\"([a-z]+(?:_[a-z]+)+)\"")]
    private static partial Regex Literal();
}
