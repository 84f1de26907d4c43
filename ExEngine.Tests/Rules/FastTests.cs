using System.Text.RegularExpressions;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Rules;

/// <summary>
/// What <c>./test.sh --fast</c> runs: every class that starts nothing. A class starts something when its file, or a file of the tests
/// that it names a type of, and so on, starts a process, a web application or a browser.
/// </summary>
public sealed partial class FastTests
{
    [Fact]
    public void Classes_SayThatTheyNeedAServerWhenTheyDo_AndOnlyThen()
    {
        var starting = StartingFiles();
        var classes = TestClasses().Select(c => (c.FullName, Says: IsMarked(c), Does: starting.Contains(FileOf(c)))).ToList();

        classes.Count(c => !c.Does).ShouldBeGreaterThan(30);
        classes.Where(c => c.Does && !c.Says).Select(c => $"{c.FullName} needs [NeedsServer].").ShouldBeEmpty();
        classes.Where(c => c.Says && !c.Does).Select(c => $"{c.FullName} starts nothing.").ShouldBeEmpty();
    }

    private static bool IsMarked(Type type) => type.IsDefined(typeof(NeedsServerAttribute), inherit: true);

    private static IEnumerable<Type> TestClasses() =>
        typeof(FastTests)
            .Assembly.GetTypes()
            .Where(t => !t.IsAbstract && t.GetMethods().Any(m => m.IsDefined(typeof(FactAttribute), inherit: true)));

    private static SourceFile FileOf(Type type) =>
        SourceFile.All.Single(f =>
            System.IO.Path.GetDirectoryName(f.Path)!.Replace('/', '.') == type.Namespace && TypesIn(f).Contains(type.Name)
        );

    private static HashSet<SourceFile> StartingFiles()
    {
        var tests = SourceFile.All.Where(f => f.Path.StartsWith("ExEngine.Tests/", StringComparison.Ordinal)).ToList();
        var starting = tests.Where(f => Starter().IsMatch(f.Code)).ToHashSet();
        var words = tests.ToDictionary(f => f, f => Word().Matches(f.Code).Select(m => m.Value).ToHashSet());
        int before;
        do
        {
            before = starting.Count;
            var types = starting.SelectMany(TypesIn).ToHashSet();
            starting.UnionWith(tests.Where(f => words[f].Overlaps(types)));
        } while (starting.Count > before);

        return starting;
    }

    private static IEnumerable<string> TypesIn(SourceFile file) => Declaration().Matches(file.Code).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"\b(Process\.Start|GatewayProcess\.Start|new Process|WebApplicationFactory|WebApplication|Playwright)\b")]
    private static partial Regex Starter();

    [GeneratedRegex(
        @"^(?:(?:public|internal|static|sealed|abstract|partial|readonly) )*(?:class|struct|record(?: struct)?) (\w+)",
        RegexOptions.Multiline
    )]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
