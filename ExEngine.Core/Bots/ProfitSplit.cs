using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;

namespace ExEngine.Core.Bots;

/// <summary>What a bot has earned, in quote, in parts whose sum is checked and shown.</summary>
/// <param name="Matched">Grid profit, or the profit of sells of deals: realised, fees in quote in it.</param>
/// <param name="AtMarket">Realised when a grid was closed or its range edited.</param>
/// <param name="Floating">What is held at this price, less its cost.</param>
/// <param name="Total">Equity now less what was invested, added and withdrawn: counted from money and coins, not from the parts.</param>
public sealed record ProfitSplit(decimal Matched, decimal AtMarket, decimal Floating, decimal Total)
{
    private const int DaysOfYear = 365;

    /// <summary>0 when the parts make the total, digit for digit; anything else is an error of the books.</summary>
    public decimal Difference => Total - Matched - AtMarket - Floating;

    /// <param name="price">Quote per base.</param>
    public static ProfitSplit Of(GridState state, BotDirection direction, decimal price)
    {
        var coins = state.Cells.Sum(c => c.Coins) + state.Carry + state.Kept;
        var cost = state.Cells.Sum(c => c.Cost) + state.CarryCost + state.KeptCost;
        return new(
            state.GridProfit,
            state.ClosedProfit,
            direction.Sign() * ((coins * price) - cost),
            state.Book.Money + (direction.Sign() * state.Book.Held * price) - (direction.Sign() * state.OwnBaseCost)
        );
    }

    /// <param name="price">Quote per base.</param>
    public static ProfitSplit Of(DcaState state, BotDirection direction, decimal price)
    {
        var realized = state.Realized + state.Deals.Sum(d => d.Book.Realized);
        var money = state.Money + state.Deals.Sum(d => d.Book.Money);
        var held = state.Left.Held + state.Deals.Sum(d => d.Book.Held);
        var floating = state.Deals.Sum(d => BookMath.Floating(d.Book, direction, price)) + BookMath.Floating(state.Left, direction, price);
        return new(realized, 0, floating, money + (direction.Sign() * held * price));
    }

    /// <summary>Percent a year, without compounding; null in the first 24 hours, when it would mean nothing.</summary>
    public static decimal? Apr(decimal profit, decimal invested, TimeSpan time) =>
        time < TimeSpan.FromDays(1) || invested <= 0 ? null : profit / invested * 100 * DaysOfYear * TimeSpan.TicksPerDay / time.Ticks;
}
