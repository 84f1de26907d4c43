using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Positions;
using ExEngine.Core.Protection;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Portfolio;

/// <summary>
/// Where people and scripts place orders, for pages and REST alike: the order and the protection of what it buys are stored in one commit,
/// so that nothing stands between a fill and its stop.
/// </summary>
public sealed class ProtectedOrderService(OrderService orders, SequentialIds ids, ChangeFeed feed, TimeProvider time)
{
    private const int Attempts = 3;

    /// <param name="press">Id of the button press or of the request: the same one again places nothing new.</param>
    public async Task<OrderResult> PlaceAsync(Guid userId, Guid press, ProtectedOrderInput input, CancellationToken cancellationToken)
    {
        if (input.Protection is not { } protection || protection is { StopLoss: null, TakeProfits.Count: 0 })
        {
            return await orders.PlaceAsync(userId, press, input, null, cancellationToken);
        }

        if (Errors(input, protection) is { Count: > 0 } errors)
        {
            return new OrderResult.Invalid(errors);
        }

        var companion = new OrderCompanion(
            ProtectionPlan.Entry,
            (order, last) => EntrySides.Check(protection, order, last),
            (db, order, market, cancelled) => WriteAsync(db, order, market, protection.ToPlan(press), cancelled)
        );
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await orders.PlaceAsync(userId, press, input, companion, cancellationToken);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // The engine wrote the position meanwhile, or made it. Nothing of this is stored, so it is done over what there is now.
            }
        }
    }

    /// <summary>What cannot be, by the field's name, such as <c>Protection.StopLoss.Price</c>.</summary>
    public static Dictionary<string, string[]> Errors(OrderInput order, ProtectionInput protection)
    {
        var errors = new ProtectionInputValidator()
            .Validate(protection)
            .ToDictionary()
            .ToDictionary(e => $"{nameof(ProtectedOrderInput.Protection)}.{e.Key}", e => e.Value);
        if (order.Side == OrderSide.Sell)
        {
            errors[nameof(ProtectedOrderInput.Protection)] =
            [
                "Only what is bought can be protected; leave the protection out, or set it on the position.",
            ];
        }

        return errors;
    }

    private async Task WriteAsync(AppDb db, Order order, Market market, ProtectionPlan plan, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var position =
            await db.Positions.SingleOrDefaultAsync(
                p => p.AccountId == order.AccountId && p.Symbol == order.Symbol && p.OwnerId == order.OwnerId,
                cancellationToken
            )
            ?? db.Add(
                Position.New(
                    ids.Next(),
                    order.UserId,
                    order.AccountId,
                    (market.Symbol, market.Base, market.Quote),
                    PositionOwner.Manual,
                    now
                )
            ).Entity;
        var current = ProtectionPlan.Read(position.Protection);
        position.Protection = (
            plan with
            {
                IsArmed = true,
                Former = current,
                Signals = current?.Signals ?? [],
                Presses = [.. PositionService.Presses(current).TakeLast(PositionService.MaxPresses), plan.Id],
            }
        ).Write();
        position.UpdatedAt = now;
        position.Version++;
        feed.Publish(new ChangeEvent(order.UserId, ChangeKind.Position, position.Id, order.AccountId));
    }
}
