using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Placement;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Orders.Placement;

[NeedsServer]
public sealed class OrderPlacerTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    // What says where an order stands begins anew; these are its own.
    private static readonly string[] Anew =
    [
        nameof(Order.Id),
        nameof(Order.Generation),
        nameof(Order.ClientId),
        nameof(Order.Status),
        nameof(Order.CreatedAt),
        nameof(Order.UpdatedAt),
        nameof(Order.ExchangeOrderId),
        nameof(Order.FilledQuantity),
        nameof(Order.ExecutedCost),
        nameof(Order.BookedQuantity),
        nameof(Order.Code),
        nameof(Order.Reason),
        nameof(Order.Attempt),
        nameof(Order.SubmittedAt),
        nameof(Order.UnknownSince),
        nameof(Order.AbsentSince),
        nameof(Order.AbsentCount),
        nameof(Order.NextLookAt),
        nameof(Order.FinishedAt),
        nameof(Order.SettledAt),
        nameof(Order.AveragePrice),
        nameof(Order.Remaining),
    ];

    [Fact]
    public async Task OrderThatIsPlannedAgain_IsTheSameButForWhereItStands()
    {
        var app = await databases.OnAsync(TwoDatabases.Sqlite);
        var rows = await SignalRows.NewAsync(app);
        await using var db = await rows.DatabaseAsync();
        var now = app.Get<TimeProvider>().GetUtcNow().UtcDateTime;
        var id = (
            await new OrderRows(app, rows).AddAsync(o =>
            {
                (o.Status, o.Type, o.StopPrice, o.ReduceOnly, o.WebhookId) = (
                    OrderStatus.NotPlaced,
                    OrderType.StopLimit,
                    59000m,
                    true,
                    rows.WebhookId
                );
                (o.ExpiresAt, o.CancelRequestedAt, o.UnknownSince, o.Code, o.Reason) = (
                    now.AddMinutes(1),
                    now,
                    now,
                    "not_placed",
                    "It was never placed."
                );
                (o.AbsentSince, o.AbsentCount, o.Rounded) = (now, 2, """[{"field":"quantity","asked":"0.010004","sent":"0.01000"}]""");
            })
        )[0];
        var lost = await db.Orders.SingleAsync(o => o.Id == id);

        var again = app.Get<OrderPlacer>().PlanAgain(db, lost, now);

        (again.Status, again.Generation, again.ClientId).ShouldBe(
            (OrderStatus.Planned, 1, ClientOrderId.Of(lost.Origin, lost.OriginId, lost.Leg, 1))
        );
        foreach (var property in typeof(Order).GetProperties().Where(p => !Anew.Contains(p.Name)))
        {
            property.GetValue(again).ShouldBe(property.GetValue(lost), property.Name);
        }
    }
}
