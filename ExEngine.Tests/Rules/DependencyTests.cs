using ExEngine.Core;
using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Rules;

/// <summary>
/// Who may use whom among the folders of ExEngine.Core, by what the compiler wrote (<see cref="SymbolUses"/>). The composition root is
/// free. The same table is in docs/architecture.md.
/// </summary>
public sealed class DependencyTests
{
    private const string Section =
        "See \"Who may use whom\" in docs/architecture.md; a folder that may use another is added there and here.";
    private const string Composition = "(composition)";

    private static readonly string[] Leaves = ["Text", "Hosting", "Redis", "Events", "RateLimits", "Markets", "Positions"];
    private static readonly string[] World = [.. Leaves, "Data", "Preferences", "Exchanges"];
    private static readonly string[] Rows =
    [
        "Alarms",
        "Bots",
        "Exchanges",
        "Markets",
        "Orders",
        "Positions",
        "Preferences",
        "Risk",
        "Webhooks",
        "Bots",
        "Portfolio",
        "Engine",
    ];

    /// <summary>
    /// They ask CCXT for prices, parse its stored market rules, or try keys that are not stored yet. Beside them only Exchanges itself,
    /// which builds the exchanges.
    /// </summary>
    private static readonly string[] KnowCcxt =
    [
        "PriceFeed",
        "PriceWorker",
        "CandleFeed",
        "MarketCatalog",
        "MarketSnapshotStore",
        "AccountService",
        "ApiKeyChecker",
        "KeyCheckWorker",
    ];

    // What stands to the left of a folder never uses it.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Text"] = [],
        ["Hosting"] = [],
        ["Redis"] = ["Hosting"],
        ["Events"] = ["Redis", "Hosting"],
        ["RateLimits"] = ["Redis", "Hosting"],
        ["Markets"] = [],
        ["Positions"] = ["Markets", "Text"],
        ["Data"] = ["Text", "Hosting", "Redis", .. Rows],
        ["Preferences"] = [.. Leaves, "Data"],
        ["Exchanges"] = [.. Leaves, "Data"],
        ["Alarms"] = [.. World],
        ["Risk"] = [.. World],
        ["Orders"] = [.. World, "Alarms", "Risk"],
        ["Protection"] = [.. World, "Alarms", "Orders"],
        ["Reconciliation"] = [.. World, "Alarms", "Orders"],
        ["Planning"] = [.. World, "Alarms", "Orders", "Protection"],
        ["Webhooks"] = [.. World, "Alarms", "Risk", "Orders", "Planning"],
        ["Bots"] = [.. World, "Alarms", "Risk", "Orders", "Planning"],
        ["Portfolio"] = [.. World, "Alarms", "Risk", "Orders", "Protection", "Webhooks", "Bots"],
        ["Engine"] = [.. World, "Alarms", "Risk", "Orders", "Protection", "Reconciliation", "Portfolio", "Planning", "Webhooks", "Bots"],
    };

    public static TheoryData<string> Folders => [.. SymbolUses.All.Select(u => Folder(u.User)).Where(f => f != Composition).Distinct()];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_UsesOnlyWhatItMay(string folder)
    {
        Allowed.ShouldContainKey(folder, Section);

        SymbolUses
            .All.Where(u => Folder(u.User) == folder && IsOfAFolder(u.Used) && Folder(u.Used) != folder)
            .Where(u => !Allowed[folder].Contains(Folder(u.Used)))
            .Select(u => u.ToString())
            .ShouldBeEmpty(Section);
    }

    [Fact]
    public void NoTwoFolders_UseEachOther_ButDataAndTheRowsThatItMaps()
    {
        var order = new List<string>();
        foreach (var (folder, uses) in Allowed.Where(a => a.Key != "Data"))
        {
            uses.Where(u => u != "Data" && !order.Contains(u)).Where(u => u != "Bots" && u != folder).ShouldBeEmpty(Section);
            order.Add(folder);
        }

        Allowed["Webhooks"].ShouldNotContain("Bots", Section);
        Allowed["Bots"].ShouldNotContain("Webhooks", Section);
    }

    /// <summary>Data maps rows and does nothing with them: only what maps them names them, and nothing else of their folders.</summary>
    [Fact]
    public void Data_NamesRowsOnly_AndOnlyToMapThem()
    {
        var rows = typeof(AppDb)
            .GetProperties()
            .Select(p => p.PropertyType)
            .Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(DbSet<>))
            .Select(t => t.GenericTypeArguments[0])
            .ToList();
        var columns = rows.SelectMany(r => r.GetProperties()).Select(p => Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType);
        Type[] mapped = [.. rows, .. columns];

        SymbolUses
            .All.Where(u => Folder(u.User) == "Data" && Rows.Contains(Folder(u.Used)))
            .Where(u => !Maps(u.User) || !mapped.Contains(u.Used))
            .Select(u => u.ToString())
            .ShouldBeEmpty(Section);
    }

    [Fact]
    public void Core_KnowsNoWeb() =>
        typeof(CoreServices)
            .Assembly.GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(a =>
                a.StartsWith("ExEngine.", StringComparison.Ordinal)
                || a.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal)
            )
            .ShouldBeEmpty(Section);

    /// <summary>The rest of Core sees <c>IExchange</c>; only what builds the exchanges knows which of them is CCXT's.</summary>
    [Fact]
    public void ShapesOfCcxt_StayInTheirFolder() =>
        SymbolUses
            .All.Where(u => IsCcxt(u.Used) && !IsCcxt(u.User) && IsOfAFolder(u.User))
            .Where(u => u.User.Namespace != "ExEngine.Core.Exchanges" && !KnowCcxt.Contains(u.User.Name))
            .Select(u => u.ToString())
            .ShouldBeEmpty(Section);

    private static bool Maps(Type type) =>
        type == typeof(AppDb)
        || type.Name == "UserRows"
        || type.Namespace!.StartsWith("ExEngine.Core.Data.Migrations", StringComparison.Ordinal)
        || type.Namespace.StartsWith("ExEngine.Core.Data.Compiled", StringComparison.Ordinal)
        || type.GetInterfaces().Any(i => i.Name == typeof(IEntityTypeConfiguration<>).Name);

    private static bool IsCcxt(Type type) => type.Namespace == "ExEngine.Core.Exchanges.Ccxt";

    private static bool IsOfAFolder(Type type) => Folder(type) != Composition;

    /// <summary>What the compiler made for the whole assembly has no folder either, and uses nothing.</summary>
    private static string Folder(Type type) => type.Namespace?.Split('.') is ["ExEngine", "Core", var folder, ..] ? folder : Composition;
}
