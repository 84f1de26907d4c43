using System.Text.RegularExpressions;
using ExEngine.Tests.Support;
using ExEngine.Web.Components.Layout;
using ExEngine.Web.Components.Parts;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Rules;

public sealed partial class IconNamesTests
{
    /// <summary>An icon that does not exist shows as a circle, which nobody would notice.</summary>
    [Fact]
    public void EveryIconThatIsNamed_Exists()
    {
        var named = Directory
            .EnumerateFiles(Source.Path("ExEngine.Web/Components"), "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(f =>
                Named().Matches(File.ReadAllText(f)).Select(m => (File: System.IO.Path.GetFileName(f), Name: m.Groups[1].Value))
            )
            .Concat(NavPlace.All.Append(NavPlace.OfOperators).Select(p => (File: nameof(NavPlace), Name: p.Icon)))
            .Distinct()
            .ToList();

        named.Count.ShouldBeGreaterThan(50);
        named.Where(n => !IconSet.Has(n.Name)).ShouldBeEmpty();
        IconSet.Has("no_such_icon").ShouldBeFalse();
    }

    // Of an Icon, of a part that has a Symbol, of a label with its tone, and of a choice between two.
    [GeneratedRegex("""(?:Icon\s+Name=|Symbol=|Icon\s+Name="@\([^"]*"[^"]*" : |", (?="[a-z_]+", Tone))"([a-z_]+)"(?!\))""")]
    private static partial Regex Named();
}
