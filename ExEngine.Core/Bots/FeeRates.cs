using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots;

/// <summary>What an account pays on a symbol, as fractions: 0.001 is 0.1 %. Market orders pay taker, resting ones maker.</summary>
public sealed record FeeRates(decimal BuyMaker, decimal BuyTaker, decimal SellMaker, decimal SellTaker, FeeCoin Coin)
{
    /// <summary>The same rate for everything.</summary>
    public static FeeRates Flat(decimal rate, FeeCoin coin) => new(rate, rate, rate, rate, coin);

    public static FeeRates Of(Market market, FeeCoin coin)
    {
        var (maker, taker) = (market.MakerFee ?? market.TakerFee ?? 0, market.TakerFee ?? 0);
        return new(maker, taker, maker, taker, coin);
    }

    public decimal Maker(OrderSide side) => side == OrderSide.Buy ? BuyMaker : SellMaker;

    public decimal Taker(OrderSide side) => side == OrderSide.Buy ? BuyTaker : SellTaker;

    /// <summary>The part of bought coins that goes as a fee; 0 where fees are in another coin.</summary>
    public decimal OfCoins(decimal buyRate) => Coin == FeeCoin.Base ? buyRate : 0;

    /// <summary>What is to be paid in quote on top of the cost of a buy, as a fraction of it.</summary>
    public decimal OnCost(decimal buyRate) => Coin == FeeCoin.Quote ? buyRate : 0;
}

/// <summary>In what the fee of a buy is paid. That of a sell is in quote, or in the third coin as well.</summary>
public enum FeeCoin
{
    Quote,

    /// <summary>Taken from the coins that are bought.</summary>
    Base,

    /// <summary>BNB, OKB, …: neither coins nor quote are touched.</summary>
    Third,
}
