using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Rules;

/// <summary>How large folders, files and lines get, which words are gone, and that migrations are added and never rewritten.</summary>
[NeedsServer]
public sealed partial class ShapeTests
{
    private const int MaxFiles = 30;
    private const int MaxLine = 140;

    /// <summary>A text in quotes that is longer than this is not broken up for a line's sake, and does not count.</summary>
    private const int LongText = 60;

    /// <summary>Words that meant two things or nothing in this field, and what stands for them now.</summary>
    private static readonly Dictionary<string, string> Gone = new()
    {
        [@"Door\w*"] = "ResolvedWebhook, WebhookCache",
        [@"doors?"] = "webhook, endpoint",
        [@"\w*Desk"] = "…Service, PaperVenue, ApiKeyChecker, ManualResolution",
        ["desk"] = "service, venue",
        [@"\w*Errand"] = "ExchangeRequestKind",
        ["OrderTraffic"] = "InFlightRequests",
        [@"OrderNews\w*"] = "ExecutionReport",
        ["OrderLook"] = "OrderQueryResult",
        ["OrderDuties"] = "OrderDispatcher",
        ["OrderExecutor"] = "OrderSender",
        ["Hints"] = "DirtySymbols",
        ["PriceWatches"] = "PriceTriggers",
        ["Bell"] = "WakeSignal",
        [@"\w+Latch"] = "DailyLossBreaker",
        [@"\w+Shelf"] = "MarketSnapshotStore",
        [@"MarketBook|PaperBook"] = "MarketSet, PaperMatchingEngine",
        [@"\w*Purse\w*|purse"] = "PaperBalancePair, balances",
        ["StepMath"] = "IncrementMath",
        ["MinCost"] = "MinNotional",
        ["CcxtSilence"] = "ExchangeCooldown",
        ["PressKey|PressLock"] = "IdempotencyKey",
        ["OrderTicket"] = "ValidatedOrder",
        ["OrderPlacement"] = "PlacementResult",
        [@"SymbolReader|SymbolReadings?"] = "OrderHistoryReader, OrderHistory",
        ["OpenOrderList"] = "OpenOrdersBatch",
        ["SignalExecution|PlanRun|PlanTarget|PlanFacts"] = "DueSignalPlanner, PlanExecutor, PlanSubject, PlanContextLoader",
        ["SignalFindings|SignalEnding"] = "PrecheckResult, SignalCompletion",
        ["AccountWrite|OwnedAccount"] = "LeasedTransaction, AccountSession",
        ["GrowingPause"] = "Backoff",
        ["CutBody|CutFrom"] = "RedactedBody, Redact",
        ["SeenPrice"] = "SignalPrice",
        ["DollarSize"] = "UsdSizeRule",
        ["RoundProfit"] = "RoundTripProfit",
        ["SoldUntracked"] = "SoldFromOutside",
        ["ExchangePool"] = "ExchangeFactory",
        ["LiveFeed|LiveEvent"] = "ChangeFeed, ChangeEvent",
        ["PlanProtection"] = "ProtectionPlanFactory",
        ["OrderMove"] = "OrderTransition, OrderTransitionRow",
        ["Epitaph|GoodWill|Breath|Song"] = "ExitSummary, ShutdownGrace, RoundDelay, Plaintext",
        [@"\w*Patience"] = "Timeout",
        [@"\w*Trouble"] = "RetryDelay",
        ["StartRefusals"] = "StartupErrors",
        [@"(Account|Auth|Exchange|Order|Position|Risk|Signal|Webhook)Api"] = "…Endpoints",
        [@"(Cors|Https|Proxy)Settings"] = "…Options",
    };

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of each migration that somebody may have applied.</summary>
    private static readonly Dictionary<string, string> Migrations = new()
    {
        ["Postgres/20261122181335_Initial.Designer.cs"] = "3aee1fbeade141ad",
        ["Postgres/20261122181335_Initial.cs"] = "e6c8de3b4c95d25a",
        ["Postgres/20261128055256_FieldWords.Designer.cs"] = "079db9c85c0ed399",
        ["Postgres/20261128055256_FieldWords.cs"] = "ae8bcea13293451a",
        ["Postgres/20261128091730_Owners.Designer.cs"] = "6a59db24d1e94681",
        ["Postgres/20261128091730_Owners.cs"] = "76a253d530b96dfe",
        ["Postgres/20261128095552_OrderChanges.Designer.cs"] = "b3c25682c42c172c",
        ["Postgres/20261128095552_OrderChanges.cs"] = "ae74466cd8832bee",
        ["Postgres/20261128103116_OrderAlarms.Designer.cs"] = "b1c8ffbb91d2afc9",
        ["Postgres/20261128103116_OrderAlarms.cs"] = "6403da4e32beb2f3",
        ["Postgres/20261128133459_MaxSlippage.Designer.cs"] = "b364ce8d3de413d1",
        ["Postgres/20261128133459_MaxSlippage.cs"] = "a4c1a32a74c2ae0a",
        ["Postgres/20261128140803_AuthFailures.Designer.cs"] = "4ac3b8061e10a3f3",
        ["Postgres/20261128140803_AuthFailures.cs"] = "d94b995cf5489823",
        ["Postgres/20261128131452_ReportingCurrency.Designer.cs"] = "ba11be81d206cb40",
        ["Postgres/20261128131452_ReportingCurrency.cs"] = "3dbe3d1415950a71",
        ["Postgres/20261128131034_Sessions.Designer.cs"] = "f627289906b8bcf3",
        ["Postgres/20261128131034_Sessions.cs"] = "e3491f05a036bba3",
        ["Postgres/20261128163202_Operators.Designer.cs"] = "daf52897352e843f",
        ["Postgres/20261128163202_Operators.cs"] = "0763278bca3b7e69",
        ["Postgres/20261128235914_ActivityIndexes.Designer.cs"] = "8d9a2fcadd489b91",
        ["Postgres/20261128235914_ActivityIndexes.cs"] = "ca8f7f694cce4ed9",
        ["Postgres/20261128231906_ReplaceOrders.Designer.cs"] = "fde630e2ca927ce1",
        ["Postgres/20261128231906_ReplaceOrders.cs"] = "3769f00997bb065f",
        ["Postgres/20261128232238_SortedLists.Designer.cs"] = "0d93a215358b552b",
        ["Postgres/20261128232238_SortedLists.cs"] = "1d9df53e4b582189",
        ["Postgres/20261128233009_Equity.Designer.cs"] = "8880327bf210e502",
        ["Postgres/20261128233009_Equity.cs"] = "65585d34395c3a01",
        ["Postgres/20261129024947_Bots.Designer.cs"] = "202bbbe35146ce0b",
        ["Postgres/20261129024947_Bots.cs"] = "b36945990bfb32a2",
        ["Postgres/20261129024332_Preferences.Designer.cs"] = "42f34283b2921ed8",
        ["Postgres/20261129024332_Preferences.cs"] = "abadd7edeea9c218",
        ["Postgres/20261129050156_Backtests.Designer.cs"] = "f6fd14d26b63925c",
        ["Postgres/20261129050156_Backtests.cs"] = "9d756e3386b464d9",
        ["Sqlite/20261122181250_Initial.Designer.cs"] = "c520a826a273d911",
        ["Sqlite/20261122181250_Initial.cs"] = "18f06ec15f8f873f",
        ["Sqlite/20261128055251_FieldWords.Designer.cs"] = "23541afa9869ca03",
        ["Sqlite/20261128055251_FieldWords.cs"] = "2e21c0e9e9d37485",
        ["Sqlite/20261128091724_Owners.Designer.cs"] = "587d271da295bfa2",
        ["Sqlite/20261128091724_Owners.cs"] = "41f3528d533fa7d2",
        ["Sqlite/20261128095545_OrderChanges.Designer.cs"] = "18d26053c750c572",
        ["Sqlite/20261128095545_OrderChanges.cs"] = "fd11ed6d106f30ad",
        ["Sqlite/20261128103110_OrderAlarms.Designer.cs"] = "d2ccecb190b5a6a8",
        ["Sqlite/20261128103110_OrderAlarms.cs"] = "615f0df03e1b1f75",
        ["Sqlite/20261128133450_MaxSlippage.Designer.cs"] = "95e282023a23c3ce",
        ["Sqlite/20261128133450_MaxSlippage.cs"] = "c200f9772d1b7ef1",
        ["Sqlite/20261128140754_AuthFailures.Designer.cs"] = "559e373acf4caf59",
        ["Sqlite/20261128140754_AuthFailures.cs"] = "ad87446dbac49a43",
        ["Sqlite/20261128131447_ReportingCurrency.Designer.cs"] = "75601363375b5f94",
        ["Sqlite/20261128131447_ReportingCurrency.cs"] = "6d3760d4099fcccd",
        ["Sqlite/20261128131026_Sessions.Designer.cs"] = "b0476087193181b7",
        ["Sqlite/20261128131026_Sessions.cs"] = "2a14e04581e4c7cc",
        ["Sqlite/20261128163154_Operators.Designer.cs"] = "9349edc370a0b9c3",
        ["Sqlite/20261128163154_Operators.cs"] = "ad6633f2318412bc",
        ["Sqlite/20261128235902_ActivityIndexes.Designer.cs"] = "0c84bc8b81c76613",
        ["Sqlite/20261128235902_ActivityIndexes.cs"] = "00aa50240131ae48",
        ["Sqlite/20261128231900_ReplaceOrders.Designer.cs"] = "4ede630a951032e7",
        ["Sqlite/20261128231900_ReplaceOrders.cs"] = "6153f3a6b47da42e",
        ["Sqlite/20261128232232_SortedLists.Designer.cs"] = "b5c20f083e05a09e",
        ["Sqlite/20261128232232_SortedLists.cs"] = "91d5f97d9799228e",
        ["Sqlite/20261128232957_Equity.Designer.cs"] = "02890056860b1ddf",
        ["Sqlite/20261128232957_Equity.cs"] = "405744ef1907faf6",
        ["Sqlite/20261129024921_Bots.Designer.cs"] = "71158d3e7c92b6c4",
        ["Sqlite/20261129024921_Bots.cs"] = "8691f4decaa971ce",
        ["Sqlite/20261129024326_Preferences.Designer.cs"] = "96e0d922bdc4acaa",
        ["Sqlite/20261129024326_Preferences.cs"] = "de1bfab6b24797e1",
        ["Sqlite/20261129050150_Backtests.Designer.cs"] = "3a0fa5d0f3ce2b2f",
        ["Sqlite/20261129050150_Backtests.cs"] = "4cd5b00f0014a250",
    };

    public static TheoryData<string> Projects => ["ExEngine.Core", "ExEngine.Web", "ExEngine.Tests"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_AreSmall(string project) =>
        Tracked($"{project}/*.cs", $"{project}/*.razor")
            .Where(f => !f.EndsWith(".razor.cs", StringComparison.Ordinal))
            .Where(f => !IsGenerated(f))
            .GroupBy(f => System.IO.Path.GetDirectoryName(f)!)
            .Where(g => g.Count() > MaxFiles)
            .Select(g => $"{g.Key}: {g.Count()} files")
            .ShouldBeEmpty($"At most {MaxFiles} files a folder; split it by a word of the glossary in docs/architecture.md.");

    /// <summary>A second type in a file is small and belongs to the first: its enum, its parts, its exceptions.</summary>
    [Fact]
    public void Files_AreNamedLikeAPublicTypeInThem() =>
        SourceFile
            .All.Where(f => !f.Path.StartsWith("ExEngine.Tests/", StringComparison.Ordinal))
            .Select(f => (f.Path, Name: f.Name.Split('.')[0], Types: Declared().Matches(f.Code).Select(m => m.Groups[1].Value).ToList()))
            .Where(f => f.Types.Count > 0 && !f.Types.Contains(f.Name) && !Several.Contains(f.Path))
            .Select(f => $"{f.Path} declares {string.Join(", ", f.Types)}")
            .ShouldBeEmpty("A file has the name of its type.");

    [Theory]
    [InlineData("*.cs")]
    [InlineData("*.razor")]
    [InlineData("*.mjs")]
    [InlineData("*.css")]
    public void Lines_AreAtMost140(string pattern) =>
        Tracked([.. Projects.Select(p => $"{p.Data}/{pattern}")])
            .Where(f => !IsGenerated(f) && !f.Contains("/lib/", StringComparison.Ordinal))
            .SelectMany(f => File.ReadLines(Source.Path(f)).Select((line, i) => (Place: $"{f}:{i + 1}", Line: line)))
            .Where(l => l.Line.Length > MaxLine && !HoldsText(l.Place, l.Line))
            .Select(l => l.Place)
            .ShouldBeEmpty($"A line has {MaxLine} characters at most; texts in quotes of more than {LongText} do not count.");

    [Fact]
    public void Words_WithTwoMeanings_AreGone()
    {
        var words = string.Join('|', Gone.Keys);
        var found = Git(
            "grep",
            "-nwE",
            words,
            "--",
            "ExEngine.Core",
            "ExEngine.Web",
            ":!*/Migrations/*",
            ":!*/Data/Compiled/*",
            ":!*/wwwroot/lib/*",
            ":!*.txt",
            ":!*/package-lock.json"
        );

        // A setting that was renamed is still read under its former name, which has to stand somewhere.
        found
            .Where(line => !line.Contains("[FormerName(", StringComparison.Ordinal))
            .ShouldBeEmpty("Say it with the word of the glossary: " + string.Join("; ", Gone.Select(g => $"{g.Key} → {g.Value}")));
    }

    [Fact]
    public void Migrations_AreAdded_NeverRewritten()
    {
        foreach (var (file, hash) in Migrations)
        {
            var found = Convert.ToHexStringLower(
                SHA256.HashData(File.ReadAllBytes(Source.Path("ExEngine.Core", "Data", "Migrations", file)))
            );

            found[..16]
                .ShouldBe(
                    hash,
                    $"{file} was changed. Somebody's database has it already: put it back as it was (git checkout) and add a migration with "
                        + "eng/new-migration.sh NAME, which writes one for each database. Then list the new files here."
                );
        }

        Tracked("ExEngine.Core/Data/Migrations/*.cs")
            .Where(f => !f.EndsWith("Snapshot.cs", StringComparison.Ordinal))
            .Select(f => f["ExEngine.Core/Data/Migrations/".Length..])
            .Except(Migrations.Keys)
            .ShouldBeEmpty("A new migration is listed here with its hash before it is released.");
    }

    // The formatter breaks C#: what stays long there holds a text, or is a statement of SQL in a raw string.
    private static bool HoldsText(string place, string line) =>
        place.Contains(".cs:", StringComparison.Ordinal)
            ? line.Contains('"', StringComparison.Ordinal) || Sql().IsMatch(line)
            : Quoted().Replace(line, "").Length <= MaxLine;

    // Migrations stay as they were written, and the compiled model is written anew (eng/compiled-model.sh).
    private static bool IsGenerated(string file) =>
        file.Contains("/Migrations/", StringComparison.Ordinal) || file.Contains("/Data/Compiled/", StringComparison.Ordinal);

    private static string[] Tracked(params string[] patterns) =>
        Git(["ls-files", "--cached", "--others", "--exclude-standard", "--", .. patterns]);

    private static string[] Git(params string[] arguments)
    {
        using var git = Process.Start(
            new ProcessStartInfo("git", arguments) { WorkingDirectory = Source.Root, RedirectStandardOutput = true }
        )!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBeLessThanOrEqualTo(1);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => File.Exists(Source.Path(l.Split(':')[0])))];
    }

    // Kinds of one thing that are read together.
    private static readonly string[] Several =
    [
        "ExEngine.Core/Data/Rows/RowConfigurations.cs",
        "ExEngine.Core/Data/Rows/PaperRowConfigurations.cs",
        "ExEngine.Core/Data/Rows/EquityRowConfigurations.cs",
        "ExEngine.Core/Data/Rows/BotRowConfigurations.cs",
        "ExEngine.Core/Data/DesignTimeDbs.cs",
    ];

    [GeneratedRegex(
        @"^(?:public|internal) (?:static |sealed |abstract |readonly |partial )*(?:class|record struct|record|struct|enum|interface|delegate \S+) (\w+)",
        RegexOptions.Multiline
    )]
    private static partial Regex Declared();

    [GeneratedRegex("""(["'`])(?:\\.|(?!\1).){60,}?\1""")]
    private static partial Regex Quoted();

    // Statements stand in raw strings, whose lines have no quotes of their own.
    [GeneratedRegex(@"\b(SELECT|INSERT|UPDATE|VALUES|CONFLICT)\b|::text\[\]")]
    private static partial Regex Sql();
}
