using ExEngine.Core.Data;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Portfolio;
using ExEngine.Core.Preferences;
using ExEngine.Core.Webhooks.Example;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Web.Components.Pages.Dashboard;

/// <summary>What the dashboard shows, read at one go.</summary>
/// <param name="Today">Of the reader's day.</param>
/// <param name="Latest">The last ten signals, newest first.</param>
/// <param name="Orders">Of the reader's day.</param>
/// <param name="Positions">Every open one.</param>
/// <param name="HasExample">What is shown is, or holds, the example.</param>
public sealed record DashboardView(
    SignalSummary Today,
    IReadOnlyList<SignalRow> Latest,
    OrderSummary Orders,
    IReadOnlyList<PositionRow> Positions,
    GettingStarted Steps,
    bool HasExample
)
{
    public const int LatestCount = 10;

    public static async Task<DashboardView> ReadAsync(
        IDbContextFactory<AppDb> databases,
        SignalQuery signals,
        SignalStatistics statistics,
        OrderStatistics orders,
        PositionQuery positions,
        ExampleAccount example,
        DayBorders borders,
        Guid userId,
        GettingStarted known,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var latest = await signals.ListAsync(userId, new SignalFilter(), null, LatestCount, cancellationToken);
        var zone = await borders.OfAsync(userId, cancellationToken);
        var (begin, end) = DayBorders.Around(now, zone);
        var today = await statistics.OfAsync(userId, begin, end, cancellationToken);
        var traded = await orders.OfAsync(userId, begin, end, cancellationToken);
        var held = await positions.ListAsync(userId, true, null, null, OrderQuery.MaxRows, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return new DashboardView(
            today,
            latest,
            traded,
            held,
            // What was done once stays done.
            known.Done
                ? known
                : await GettingStarted.ReadAsync(db, userId, cancellationToken),
            await example.FindAsync(userId, cancellationToken) is not null
        );
    }

    /// <summary>Whether a reader would see any difference.</summary>
    public bool ShowsTheSameAs(DashboardView? other) =>
        other is not null
        && Steps == other.Steps
        && HasExample == other.HasExample
        && Latest.SequenceEqual(other.Latest)
        && Positions.SequenceEqual(other.Positions)
        && Orders.Realized.SequenceEqual(other.Orders.Realized)
        && Enum.GetValues<OrderStatus>().All(s => Orders.Of([s]) == other.Orders.Of([s]))
        && Today.Latency == other.Today.Latency
        && Today.Refusals.SequenceEqual(other.Today.Refusals)
        && Enum.GetValues<SignalStatus>().All(s => Today.Of(s) == other.Today.Of(s));
}
