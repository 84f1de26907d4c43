using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using Shouldly;

namespace ExEngine.Tests.Exchanges;

/// <summary>
/// One account at one implementation of <see cref="IExchange"/>, with the levers that a case needs: 10,000 USDT and 100 of
/// the market's base, a price of 100, ticks of 0.01, steps of 0.0001, a least cost of 5, fees of 0.1 % from what is received.
/// </summary>
public abstract class SuiteBench : IAsyncDisposable
{
    private int _ids;

    public abstract IExchange Exchange { get; }
    public abstract Market Market { get; }

    /// <summary>Another market of the same account.</summary>
    public abstract Market Other { get; }

    /// <summary>UTC, by the exchange's clock.</summary>
    public abstract DateTime Now { get; }

    /// <summary>Far enough in the past to be before everything that the case does.</summary>
    public DateTime Before => Now.AddMinutes(-5);

    /// <summary>Orders that the price reaches are filled when this returns.</summary>
    public abstract Task SetPriceAsync(decimal price);

    /// <summary>From now on so much of the base can be traded at each price; null for no limit. Each new price brings it anew.</summary>
    public abstract Task SetLiquidityAsync(decimal? quantity);

    public abstract Task SetFeesInQuoteAsync();

    public string NewId() => $"{Interlocked.Increment(ref _ids):x8}{Guid.NewGuid():N}"[..32];

    public Task<ExchangeResult<ExchangeOrder>> TryAsync(OrderDraft draft, string? id = null, Market? market = null) =>
        Exchange.PlaceAsync(TicketOf(draft, market ?? Market), id ?? NewId(), Now.AddSeconds(10), CancellationToken.None);

    public async Task<ExchangeOrder> PlaceAsync(OrderDraft draft, string? id = null, Market? market = null) =>
        Done(await TryAsync(draft, id, market));

    public async Task<ExchangeOrder> FindAsync(ExchangeOrder order) =>
        Done(await Exchange.FindAsync(new OrderName(order.Symbol, order.ClientId!, null), CancellationToken.None)).ShouldNotBeNull();

    public async Task<ExchangeOrder> CancelAsync(ExchangeOrder order) =>
        Done(await Exchange.CancelAsync(NameOf(order), CancellationToken.None));

    public async Task<IReadOnlyList<ExchangeTrade>> TradesAsync(ExchangeOrder order) =>
        Done(await Exchange.TradesOfAsync(NameOf(order), Before, CancellationToken.None));

    public async Task<AssetBalance> BalanceAsync(string asset) =>
        Done(await Exchange.BalancesAsync(CancellationToken.None)).SingleOrDefault(b => b.Asset == asset) ?? new AssetBalance(asset, 0, 0);

    public static OrderName NameOf(ExchangeOrder order) => new(order.Symbol, order.ClientId!, order.ExchangeOrderId);

    public static T Done<T>(ExchangeResult<T> result)
    {
        result.IsDone.ShouldBeTrue($"{result.Outcome}: {result.Fault?.Kind} {result.Fault?.Code} {result.Fault?.Message}");
        return result.Value!;
    }

    public static ValidatedOrder TicketOf(OrderDraft draft, Market market) =>
        OrderValidator.Check(draft, market, null) is { Order: { } ticket }
            ? ticket
            : throw new InvalidOperationException(OrderValidator.Check(draft, market, null).Refusal!.Message);

    public abstract ValueTask DisposeAsync();
}
