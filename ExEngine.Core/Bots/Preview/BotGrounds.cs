using ExEngine.Core.Data;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Core.Markets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Bots.Preview;

/// <summary>Finds the account, the market's rules and the fees that a bot would have, for the user whose account it is.</summary>
public sealed class BotGrounds(
    IDbContextFactory<AppDb> databases,
    MarketCatalog markets,
    ExchangeFactory exchanges,
    IOptions<PaperOptions> paper
)
{
    private const decimal UsualFee = 0.001m;

    public async Task<BotGroundResult> FindAsync(Guid userId, Guid? accountId, string? symbol, CancellationToken cancellationToken)
    {
        if (accountId is null)
        {
            return Invalid("accountId", "No account is stated; state the account whose rules, fees and balance count.");
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var account = await db
            .ExchangeAccounts.AsNoTracking()
            .SingleOrDefaultAsync(a => a.Id == accountId && a.UserId == userId && a.DeletedAt == null, cancellationToken);
        return account is null ? new BotGroundResult.NotFound() : await OfAsync(account, symbol, cancellationToken);
    }

    /// <param name="account">Of the user who asks.</param>
    public async Task<BotGroundResult> OfAsync(ExchangeAccount account, string? symbol, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(symbol))
        {
            return Invalid("symbol", "No symbol is stated; state one such as BTC/USDT.");
        }

        if (await markets.FindAsync(account.Exchange, cancellationToken) is not { } book)
        {
            return Invalid("symbol", $"The rules of {account.Exchange} cannot be read now; try again in a minute.");
        }

        var match = book.Resolve(symbol);
        return match.Market is not { } market ? Invalid("symbol", match.Refusal!.Message)
            : market.Kind != "spot"
                ? Invalid("symbol", $"{market.Symbol} is a {market.Kind} market; bots trade on spot markets: state a spot symbol.")
            : new BotGroundResult.Found(Ground(account, market));
    }

    /// <summary>What is free, or why it is not known. The exchange may take its time.</summary>
    public async Task<(IReadOnlyList<AssetBalance>? Balances, string? Problem)> BalancesAsync(
        ExchangeAccount account,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var answer = await exchanges.Of(account).BalancesAsync(cancellationToken);
            return (answer.Value, answer.Fault?.Message);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return (null, "the account's stored key does not open; enter it again");
        }
    }

    /// <summary>The fees of an account on a market, and where they are from.</summary>
    public BotGround Ground(ExchangeAccount account, Market market)
    {
        if (account.Mode == AccountMode.Paper)
        {
            var terms = PaperTerms.Of(market, paper.Value);
            var coin = terms.FeeInBase(OrderSide.Buy) ? FeeCoin.Base : FeeCoin.Quote;
            return new(
                account,
                market,
                new(terms.MakerFee, terms.TakerFee, terms.MakerFee, terms.TakerFee, coin),
                "the terms of paper accounts here"
            );
        }

        // What is received pays the fee nearly everywhere; a discount by a third coin is the user's to state.
        return market.TakerFee is null
            ? new(account, market, FeeRates.Flat(UsualFee, FeeCoin.Base), $"{account.Exchange} tells no rates: 0.1 % is assumed")
            : new(account, market, FeeRates.Of(market, FeeCoin.Base), $"the market list of {account.Exchange}, without discounts");
    }

    private static BotGroundResult.Invalid Invalid(string field, string message) =>
        new(new Dictionary<string, string[]> { [field] = [message] });
}
