namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>Public prices of an exchange, without an account.</summary>
public sealed class CcxtPrices(CcxtCall call, CcxtAccounts accounts, TimeProvider time)
{
    /// <summary>One question for all symbols where the exchange has that. Symbols without a last price are left out.</summary>
    public Task<ExchangeResult<IReadOnlyList<Ticker>>> TickersAsync(string exchange, IReadOnlyList<string> symbols, CancellationToken cancellationToken) =>
        call.AskAsync("/tickers", accounts.Question(exchange) with { Symbols = symbols }, writes: false, Tickers, cancellationToken);

    private IReadOnlyList<Ticker> Tickers(CcxtAnswer answer) =>
    [
        .. (answer.Tickers ?? throw new FormatException("No prices.")).Select(t => CcxtViews.Ticker(t, time.GetUtcNow().UtcDateTime)).OfType<Ticker>(),
    ];
}
