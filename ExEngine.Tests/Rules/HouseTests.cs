using System.Text.RegularExpressions;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Rules;

/// <summary>What keeps the code pleasant to read, as far as a machine can tell.</summary>
public sealed partial class HouseTests
{
    private static readonly string[] PureFolders = ["Markets", "Planning", "Positions", "Protection"];
    private static readonly string[] PureEndings = ["Planner", "Math", "Parser", "Reconciler"];

    private static readonly string[] ForbiddenFolders =
    [
        "Services",
        "Helpers",
        "Common",
        "Interfaces",
        "Models",
        "Managers",
        "Utils",
        "Utilities",
        "Extensions",
    ];

    /// <summary>Indicators are compared, never traded: no amount comes out of their folder.</summary>
    [Fact]
    public void Money_IsNeverFloatingPoint() =>
        In("ExEngine.Core")
            .Where(f => !f.Path.StartsWith("ExEngine.Core/Bots/Indicators/", StringComparison.Ordinal) && FloatingPoint().IsMatch(f.Code))
            .Select(f => f.Path)
            .ShouldBeEmpty();

    /// <summary>What decides takes values; the engine reads and writes for it, also where it plans.</summary>
    [Fact]
    public void PureFiles_TakeValuesOnly()
    {
        var pure = In("ExEngine.Core")
            .Where(f => f.Folder != "Engine")
            .Where(f => PureFolders.Contains(f.Folder) || PureEndings.Any(e => f.Name.EndsWith(e, StringComparison.Ordinal)))
            .ToList();
        PureFolders.ShouldBeSubsetOf(pure.Select(f => f.Folder));

        pure.Where(f => Impure().IsMatch(f.Code)).Select(f => f.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Interfaces_AreOneAtMost() =>
        In("ExEngine.Core")
            .Concat(In("ExEngine.Web"))
            .Where(f => Interface().IsMatch(f.Code) && f.Name != "IExchange")
            .Select(f => f.Path)
            .ShouldBeEmpty();

    [Fact]
    public void Folders_AreWordsOfTheGlossary() =>
        SourceFile.All.SelectMany(f => f.Path.Split('/').SkipLast(1)).Distinct().Intersect(ForbiddenFolders).ShouldBeEmpty();

    [Fact]
    public void Files_AreShort()
    {
        var sizes = In("ExEngine.Core").Concat(In("ExEngine.Web")).Select(f => f.Lines).Order().ToList();

        sizes[sizes.Count / 2].ShouldBeLessThanOrEqualTo(80);
        In("ExEngine.Core").Concat(In("ExEngine.Web")).Where(f => f.Lines > 300).Select(f => $"{f.Path}: {f.Lines} lines").ShouldBeEmpty();
    }

    [Fact]
    public void Program_IsATableOfContents() => SourceFile.All.Single(f => f.Path == "ExEngine.Web/Program.cs").Lines.ShouldBeLessThan(80);

    [Fact]
    public void Namespaces_FollowFolders() =>
        SourceFile
            .All.Where(f =>
                NamespaceLine().Match(f.Code) is { Success: true } m
                && m.Groups[1].Value != System.IO.Path.GetDirectoryName(f.Path)!.Replace('/', '.')
            )
            .Select(f => f.Path)
            .ShouldBeEmpty();

    /// <summary>A script beside its component is imported by a path that no compiler sees.</summary>
    [Fact]
    public void ImportedScripts_AreWhereTheirComponentsLookForThem()
    {
        var imports = Directory
            .EnumerateFiles(Source.Path("ExEngine.Web", "Components"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => ImportedScript().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value))
            .ToList();

        imports.ShouldNotBeEmpty();
        imports.Where(path => !File.Exists(Source.Path("ExEngine.Web", path))).ShouldBeEmpty();
    }

    [Fact]
    public void Tests_UseNoMockingLibrary() =>
        File.ReadAllText(Source.Path("ExEngine.Tests", "ExEngine.Tests.csproj")).ShouldNotMatch("(?i)NSubstitute|Moq|FakeItEasy");

    [Fact]
    public void BannedSymbols_AreListedAndActive()
    {
        var banned = File.ReadAllText(Source.Path("eng", "BannedSymbols.txt"));
        foreach (
            var symbol in new[]
            {
                "P:System.DateTime.UtcNow;",
                "P:System.DateTime.Now;",
                "P:System.DateTimeOffset.UtcNow;",
                "M:System.Threading.Thread.Sleep(System.Int32);",
                "M:System.Threading.Tasks.Task.Delay(System.TimeSpan);",
                "P:System.Random.Shared;",
            }
        )
        {
            banned.ShouldContain(symbol);
        }

        var build = File.ReadAllText(Source.Path("Directory.Build.props"));
        build.ShouldContain("Microsoft.CodeAnalysis.BannedApiAnalyzers");
        build.ShouldContain("BannedSymbols.txt");
        build.ShouldContain("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>");
        SourceFile
            .All.Where(f => File.ReadAllText(Source.Path(f.Path)).Contains("disable " + "RS0030", StringComparison.Ordinal))
            .Select(f => f.Path)
            .ShouldBeEmpty();
    }

    private static IEnumerable<SourceFile> In(string project) =>
        SourceFile.All.Where(f => f.Path.StartsWith(project + "/", StringComparison.Ordinal));

    [GeneratedRegex(@"\b(double|float|Double|Single)\b(?!\()")]
    private static partial Regex FloatingPoint();

    [GeneratedRegex(@"\b(AppDb|DbContext|IDbContextFactory|ILogger|TimeProvider|HttpClient|IExchange|IConfiguration|IOptions)\b")]
    private static partial Regex Impure();

    [GeneratedRegex(@"\binterface\s+I[A-Z]")]
    private static partial Regex Interface();

    [GeneratedRegex(@"""\./(Components/[\w/]+\.razor\.js)""")]
    private static partial Regex ImportedScript();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();
}
