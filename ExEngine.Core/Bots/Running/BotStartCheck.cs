using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;

namespace ExEngine.Core.Bots.Running;

/// <summary>Whether a bot may be started: every order of it fits the market's rules of now, and a round earns something.</summary>
public sealed class BotStartCheck(BotGrounds grounds, PriceFeed prices, TimeProvider time)
{
    /// <returns>What keeps it from being started, in words; null when nothing does.</returns>
    public async Task<string?> ProblemAsync(ExchangeAccount account, Bot bot, CancellationToken cancellationToken)
    {
        var found = await grounds.OfAsync(account, bot.Symbol, cancellationToken);
        if (found is not BotGroundResult.Found { Ground: var ground })
        {
            return found is BotGroundResult.Invalid invalid ? invalid.Errors.First().Value[0] : "Its account is not there any more.";
        }

        if (!ground.Market.Active)
        {
            return $"{ground.Market.Symbol} is not traded at {account.Exchange} now; choose another symbol, or wait.";
        }

        if ((await prices.GetAsync(account.Exchange, ground.Market.Symbol, cancellationToken))?.Last is not { } price)
        {
            return $"{account.Exchange} tells no price of {ground.Market.Symbol} now; try again in a moment.";
        }

        if (Draft(bot) is not { } draft)
        {
            return null;
        }

        // What is free is the planner's to look at: what has no funds waits.
        var context = BotPreviewService.Context(ground, price, null, time.GetUtcNow().UtcDateTime);
        var preview = BotOutlook.Of(draft, context, []).Preview;
        return (preview.Problems is [var problem, ..] ? problem : null)
            ?? preview.Lines.FirstOrDefault(l => l.Problem is not null)?.Problem;
    }

    // A share of the equity is known when it is bought, and outside of its window a bot waits.
    private static BotDraft? Draft(Bot bot) =>
        bot.Kind switch
        {
            BotKind.Dca when BotText.DcaSettings(bot.Settings) is { BaseOrderUnit: not DcaUnit.EquityPercent } dca => BotDraft.Of(
                dca with
                {
                    MinPrice = null,
                    MaxPrice = null,
                }
            ),
            BotKind.Grid => BotDraft.Of(BotText.GridSettings(bot.Settings)),
            BotKind.Recurring => BotDraft.Of(BotText.RecurringSettings(bot.Settings)),
            _ => null,
        };
}
