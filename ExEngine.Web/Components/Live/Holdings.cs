using System.Security.Cryptography;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Portfolio;

namespace ExEngine.Web.Components.Live;

/// <summary>What an account holds now, and what that is worth.</summary>
/// <param name="Lines">By value, the largest first; those without a known price last, by name.</param>
/// <param name="Problem">Why it could not be read, in one sentence; null when it could.</param>
public sealed record AccountHoldings(ExchangeAccount Account, IReadOnlyList<HoldingLine> Lines, string? Problem)
{
    /// <summary>In <see cref="Holdings.Money"/>, as far as prices are known.</summary>
    public decimal Value => Lines.Sum(l => l.Value ?? 0);

    public decimal TotalOf(string asset) => Of(asset)?.Balance.Total ?? 0;

    /// <summary>What no position holds; negative when the exchange has less than the positions say.</summary>
    public decimal UnassignedOf(string asset) => Of(asset)?.Compared.Unassigned ?? 0;

    private HoldingLine? Of(string asset) => Lines.FirstOrDefault(l => l.Balance.Asset == asset);
}

/// <param name="Value">In <see cref="Holdings.Money"/>; null when no price is known.</param>
/// <param name="Compared">Against what the positions say.</param>
public sealed record HoldingLine(AssetBalance Balance, decimal? Value, AssetHolding Compared);

/// <summary>Reads what accounts hold, for pages: never throws for what the exchange or the key ring does.</summary>
public sealed class Holdings(
    ExchangeFactory exchanges,
    HoldingService comparison,
    PriceFeed prices,
    MarketCatalog markets,
    TimeProvider time,
    ILogger<Holdings> logger
)
{
    /// <summary>The asset that values are told in.</summary>
    public const string Money = "USDT";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public async Task<AccountHoldings> ReadAsync(ExchangeAccount account, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await exchanges.Of(account).BalancesAsync(cancellationToken).WaitAsync(Timeout, time, cancellationToken);
            if (!answer.IsDone)
            {
                return new(account, [], $"{account.Exchange} did not tell: {answer.Fault.Message}");
            }

            var lines = await ValueAsync(account, answer.Value!, cancellationToken);
            return new(
                account,
                [.. lines.OrderByDescending(l => l.Value ?? -1).ThenBy(l => l.Balance.Asset, StringComparer.Ordinal)],
                null
            );
        }
        catch (TimeoutException)
        {
            return new(account, [], $"{account.Exchange} did not answer within {Timeout.TotalSeconds:0} s.");
        }
        catch (CryptographicException)
        {
            return new(account, [], "The stored secrets do not open with this key ring. Enter them again.");
        }
        catch (Exception e) when (DatabaseError.Is(e))
        {
            logger.LogWarning("The balances of account {Account} could not be read: {Reason}", account.Id, e.Message);
            return new(account, [], "The balances could not be read now.");
        }
    }

    private async Task<IEnumerable<HoldingLine>> ValueAsync(
        ExchangeAccount account,
        IReadOnlyList<AssetBalance> balances,
        CancellationToken cancellationToken
    )
    {
        // What positions say is held and the exchange does not have is a line too.
        var compared = await comparison.CompareAsync(account, balances, cancellationToken);
        var totals = balances.ToLookup(b => b.Asset);
        // Most of what airdrops leave behind has no such market, and is not worth a question.
        var book = await markets.FindAsync(account.Exchange, cancellationToken);
        var symbols = compared.Select(c => Symbol(c.Asset)).Where(s => book?.Resolve(s).Market?.Symbol == s).ToList();
        var last = await prices.GetAsync(account.Exchange, symbols, cancellationToken);
        return compared.Select(c =>
        {
            decimal? price =
                c.Asset == Money ? 1
                : last.TryGetValue(Symbol(c.Asset), out var known) ? known.Last
                : null;
            return new HoldingLine(
                new AssetBalance(c.Asset, totals[c.Asset].Sum(b => b.Free), totals[c.Asset].Sum(b => b.Used)),
                price * c.Exchange,
                c
            );
        });
    }

    private static string Symbol(string asset) => $"{asset}/{Money}";
}
