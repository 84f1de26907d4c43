using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Exchanges.MarketData;

namespace ExEngine.Core.Bots.Running;

/// <summary>Whether a bot may be started: every order of it fits the market's rules of now, and a round earns something.</summary>
public sealed class BotStartCheck(MarketCatalog markets, PriceFeed prices, TimeProvider time)
{
    /// <returns>What keeps it from being started, in words; null when nothing does.</returns>
    public async Task<string?> ProblemAsync(
        string exchange,
        BotKind kind,
        string symbol,
        string settings,
        CancellationToken cancellationToken
    )
    {
        if (await markets.FindAsync(exchange, cancellationToken) is not { } all)
        {
            return $"The rules of {exchange} are not known yet; try again in a moment.";
        }

        var resolved = all.Resolve(symbol);
        if (resolved.Market is not { } market)
        {
            return resolved.Refusal?.Message ?? $"{exchange} has no market {symbol}.";
        }

        if (!market.Active)
        {
            return $"{market.Symbol} is not traded at {exchange} now; choose another symbol, or wait.";
        }

        if ((await prices.GetAsync(exchange, market.Symbol, cancellationToken))?.Last is not { } price)
        {
            return $"{exchange} tells no price of {market.Symbol} now; try again in a moment.";
        }

        var context = new BotContext
        {
            Market = market,
            Fees = FeeRates.Of(market, FeeCoin.Base),
            Now = time.GetUtcNow().UtcDateTime,
            Price = price,
        };
        var preview = kind switch
        {
            BotKind.Dca when BotText.DcaSettings(settings) is { BaseOrderUnit: not DcaUnit.EquityPercent } dca => DcaPreview.Of(
                dca with
                {
                    MinPrice = null, // outside of its window a bot waits
                    MaxPrice = null,
                },
                context
            ),
            BotKind.Grid => GridPreview.Of(BotText.GridSettings(settings), context),
            _ => null,
        };
        return (preview is { Problems: [var problem, ..] } ? problem : null)
            ?? preview?.Lines.FirstOrDefault(l => l.Problem is not null)?.Problem;
    }
}
