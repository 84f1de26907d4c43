using ExEngine.Tests.FakeExchange.Dialect;
using ExEngine.Tests.FakeExchange.Trading;

namespace ExEngine.Tests.FakeExchange;

/// <summary>An exchange to try things on: one account whose key everyone knows, prices that walk, candles of a day.</summary>
internal static class Sandbox
{
    public static readonly string Key = "sandbox".PadRight(64, 'k');
    public static readonly string Secret = "sandbox".PadRight(64, 's');
    private const int Day = 24 * 60;

    public static void Open(Venue venue, PriceWalks walks, Weights weights, TimeProvider time, string address)
    {
        weights.Set(new FakeLimits { Weight = 6_000, OrdersIn10Seconds = 100 });
        var account = venue.Accounts.Open("sandbox");
        venue.Accounts.AddKey(account, new FakeKeyRights(), Key, Secret);
        venue.Locked(() =>
        {
            foreach (var (asset, amount) in new[] { ("USDT", 100_000m), ("BTC", 1m), ("ETH", 10m), ("BNB", 10m) })
            {
                account.Wallet.Credit(asset, amount);
                venue.Ledger.Add(
                    new LedgerEntry
                    {
                        Kind = LedgerKind.Deposit,
                        Account = account.Name,
                        Asset = asset,
                        Quantity = amount,
                    }
                );
            }

            return account;
        });
        var seed = 0;
        foreach (var book in venue.Locked(() => venue.BooksUnderLock.Where(b => b.Market.Status == "TRADING").ToList()))
        {
            venue.Locked(() =>
            {
                book.Candles.Invent(time.GetUtcNow(), book.Last, book.Rules.Tick, Day, new Random(++seed));
                return book;
            });
            walks.Set(book.Market.Id, new FakeWalk { Seed = seed, Milliseconds = 1_000 });
        }

        Console.WriteLine(
            $"""
            API key    {Key}
            Secret     {Secret}
            Exchange   Binance; start Execution Engine with
                       Exchanges__binance__BaseUrl={address}
            """
        );
    }
}
