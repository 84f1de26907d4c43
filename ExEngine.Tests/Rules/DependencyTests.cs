using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Rules;

/// <summary>Who may name whom among the folders of ExEngine.Core; the root (settings, JSON, Redis link) is free to all.</summary>
public sealed partial class DependencyTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Markets"] = [],
        ["RateLimits"] = [],
        ["Live"] = ["Markets"],
        ["Positions"] = ["Markets"],
        ["Data"] = ["Markets", "Exchanges", "Webhooks", "Orders", "Positions", "Bots", "Engine"],
        ["Exchanges"] = ["Markets", "Live", "RateLimits", "Data"],
        ["Orders"] = ["Exchanges", "Markets", "Positions", "Live", "RateLimits", "Data"],
        ["Webhooks"] = ["Orders", "Exchanges", "Markets", "Positions", "Live", "RateLimits", "Data"],
        ["Bots"] = ["Orders", "Exchanges", "Markets", "Positions", "Live", "RateLimits", "Data"],
        ["Engine"] = ["Webhooks", "Bots", "Orders", "Exchanges", "Markets", "Positions", "Live", "RateLimits", "Data"],
    };

    // Data maps rows and does nothing with them; only these files may name what it maps.
    private static readonly string[] Mappings = ["AppDb", "RowConfigurations"];

    public static TheoryData<string> Folders => [.. SourceFile.All.Where(IsCore).Select(f => f.Folder).Where(f => f.Length > 0).Distinct()];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_NamesOnlyWhatItMay(string folder)
    {
        Allowed.ShouldContainKey(folder, "A new folder of Core needs a line here and in the design.");
        var files = SourceFile.All.Where(f => IsCore(f) && f.Folder == folder).ToList();
        files.ShouldNotBeEmpty();

        var strangers = files.SelectMany(f =>
            Named(f).Where(n => n != folder && !Allowed[folder].Contains(n)).Select(n => $"{f.Path} names {n}")
        );

        strangers.ShouldBeEmpty();
    }

    [Fact]
    public void Data_NamesRowsOnlyWhereItMapsThem() =>
        SourceFile
            .All.Where(f => IsCore(f) && f.Folder == "Data" && !Mappings.Contains(f.Name) && Named(f).Any(n => n != "Data"))
            .Select(f => f.Path)
            .ShouldBeEmpty();

    [Fact]
    public void Core_KnowsNoWeb() =>
        SourceFile
            .All.Where(f => IsCore(f) && f.Code.Contains("ExEngine.Web", StringComparison.Ordinal))
            .Select(f => f.Path)
            .ShouldBeEmpty();

    [Fact]
    public void ShapesOfCcxt_StayInTheirFolder() =>
        SourceFile
            .All.Where(f =>
                IsCore(f) && f.Folder is not "Exchanges" and not "" && f.Code.Contains("Exchanges.Ccxt", StringComparison.Ordinal)
            )
            .Select(f => f.Path)
            .ShouldBeEmpty();

    private static bool IsCore(SourceFile file) => file.Path.StartsWith("ExEngine.Core/", StringComparison.Ordinal);

    private static IEnumerable<string> Named(SourceFile file) =>
        Name().Matches(file.Code).Select(m => m.Groups[1].Value).Where(n => Allowed.ContainsKey(n)).Distinct();

    [GeneratedRegex(@"ExEngine\.Core\.([A-Z]\w*)")]
    private static partial Regex Name();
}
