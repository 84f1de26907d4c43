using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Positions;
using ExEngine.Core.Risk;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Orders.Placement;

/// <summary>The figures that limits are held against, as the databases give them.</summary>
[NeedsServer]
public sealed class RiskReaderTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    // Whole milliseconds, as every database keeps them. The signals are long gone: what counts is when they came.
    private static readonly DateTime Start = new(2026, 3, 4, 5, 6, 0, DateTimeKind.Utc);

    public static TheoryData<string> Both => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task SignalsThatCameLater_DoNotCountAgainstAnEarlierOne(string database)
    {
        var (app, rows) = await StartAsync(database, most: 3);
        var signals = await rows.AddAsync([At(0), At(1), At(2), At(3), At(4)]);

        (await CodesAsync(app, rows, signals)).ShouldBe([null, null, null, RiskCodes.MaxSignalsPerMinute, RiskCodes.MaxSignalsPerMinute]);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task SignalsOfTheSameInstant_CountInTheOrderOfTheirIds(string database)
    {
        var (app, rows) = await StartAsync(database, most: 2);
        var signals = await rows.AddAsync([At(0), At(0), At(0)]);

        (await CodesAsync(app, rows, signals.Order())).ShouldBe([null, null, RiskCodes.MaxSignalsPerMinute]);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task SignalAMinuteLater_BeginsAnew(string database)
    {
        var (app, rows) = await StartAsync(database, most: 2);
        var signals = await rows.AddAsync([At(0), At(1), At(60_000), At(60_001)]);

        (await CodesAsync(app, rows, signals)).ShouldBe([null, null, null, null]);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task RefusedSignals_DoNotCount(string database)
    {
        var (app, rows) = await StartAsync(database, most: 1);
        var signals = await rows.AddAsync([At(0, SignalStatus.Refused), At(1, SignalStatus.Stale), At(2)]);

        (await CodesAsync(app, rows, [signals[2]])).ShouldBe([null]);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task ButtonPress_CountsTheMinuteThatEndsNow(string database)
    {
        var (app, rows) = await StartAsync(database, most: 1);
        await rows.AddAsync(At(0), At(1));
        (await CodeAsync(app, rows, OrderOrigin.Button, Guid.NewGuid())).ShouldBeNull();

        await rows.AddAsync(2);
        (await CodeAsync(app, rows, OrderOrigin.Button, Guid.NewGuid())).ShouldBe(RiskCodes.MaxSignalsPerMinute);
    }

    // Ids of signals begin with the time at which they came.
    private static Action<Signal> At(int milliseconds, SignalStatus status = SignalStatus.Accepted) =>
        signal =>
        {
            signal.ReceivedAt = Start.AddMilliseconds(milliseconds);
            signal.Status = status;
            signal.Id = Guid.CreateVersion7(signal.ReceivedAt);
        };

    private async Task<(AppFactory App, SignalRows Rows)> StartAsync(string database, int most)
    {
        var app = await databases.OnAsync(database);
        var rows = await SignalRows.NewAsync(app);
        await using var db = await rows.DatabaseAsync();
        db.Add(
            new RiskSetting
            {
                ScopeId = rows.AccountId,
                UserId = rows.UserId,
                Scope = RiskScope.Account,
                MaxSignalsPerMinute = most,
                UpdatedAt = Start,
            }
        );
        await db.SaveChangesAsync();
        return (app, rows);
    }

    private static async Task<IReadOnlyList<string?>> CodesAsync(AppFactory app, SignalRows rows, IEnumerable<Guid> signals)
    {
        var codes = new List<string?>();
        foreach (var signal in signals)
        {
            codes.Add(await CodeAsync(app, rows, OrderOrigin.Signal, signal));
        }

        return codes;
    }

    private static async Task<string?> CodeAsync(AppFactory app, SignalRows rows, OrderOrigin origin, Guid originId)
    {
        await using var db = await rows.DatabaseAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var market = (await app.Get<Core.Exchanges.MarketData.MarketCatalog>().FindAsync("paper", CancellationToken.None))!
            .Resolve("BTC/USDT")
            .Market!;
        var draft = new OrderDraft
        {
            Side = OrderSide.Buy,
            Type = OrderType.Limit,
            Price = 60000m,
            Quantity = 0.01m,
        };
        var request = new OrderRequest
        {
            UserId = rows.UserId,
            AccountId = rows.AccountId,
            Owner = PositionOwner.Manual,
            Origin = origin,
            OriginId = originId,
            Leg = "enter",
            Effect = Effect.Open,
            Order = OrderValidator.Check(draft, market, null).Order!,
        };
        return (await app.Get<RiskReader>().JudgeAsync(db, request, CancellationToken.None)).Refusal?.Code;
    }
}
