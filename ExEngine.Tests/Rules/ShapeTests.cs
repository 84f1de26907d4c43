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
        ["Sqlite/20261128231900_ReplaceOrders.Designer.cs"] = "4ede630a951032e7",
        ["Sqlite/20261128231900_ReplaceOrders.cs"] = "6153f3a6b47da42e",
