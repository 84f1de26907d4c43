using System.Text.Json;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Core.Markets;
using ExEngine.Core.Text;
using ExEngine.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExEngine.Tests.Exchanges.Paper;

/// <summary>A paper account that trades with the rules and prices of another exchange, whose prices the test sets.</summary>
internal sealed class PaperBench : SuiteBench
{
    private readonly TestDatabase _database;
    private readonly HandClock _clock;
    private readonly string _exchange;
    private decimal _price = 100;
    private decimal? _liquidity;

    private PaperBench(TestDatabase database, HandClock clock, ExchangeAccount account, MarketSet marketSet)
    {
        (_database, _clock, _exchange, Account) = (database, clock, account.Exchange, account);
        Exchange = database.Get<ExchangeFactory>().Of(account);
        (Market, Other) = (marketSet.Resolve("T/USDT").Market!, marketSet.Resolve("U/USDT").Market!);
        Matcher = database.Get<PaperMatcher>();
    }

    public ExchangeAccount Account { get; }
    public PaperMatcher Matcher { get; }
    public PaperOptions Options => _database.Get<IOptions<PaperOptions>>().Value;
    public override IExchange Exchange { get; }
    public override Market Market { get; }
    public override Market Other { get; }
    public override DateTime Now => _clock.GetUtcNow().UtcDateTime;

    public static async Task<PaperBench> OpenAsync(string kind, string exchange = "binance")
    {
        var clock = new HandClock();
        void Use(IServiceCollection services) => services.AddSingleton<TimeProvider>(clock);
        var database = await (kind == TwoDatabases.Sqlite ? TestDatabase.SqliteAsync(Use) : TestDatabase.PostgresAsync(Use));
        await using (var db = database.Open())
        {
            db.Add(
                new MarketSnapshot
                {
                    Exchange = exchange,
                    Json = Rules(exchange),
                    FetchedAt = clock.GetUtcNow().UtcDateTime,
                }
            );
            await db.SaveChangesAsync();
        }

        var account = await PaperAccounts.AddAsync(database, exchange, """{"USDT":"10000","T":"100"}""");
        var bench = new PaperBench(
            database,
            clock,
            account,
            (await database.Get<MarketCatalog>().FindAsync(exchange, CancellationToken.None))!
        );
        await bench.SetPriceAsync(100);
        return bench;
    }

    public override async Task SetPriceAsync(decimal price)
    {
        _price = price;
        await SetLiquidityAsync(_liquidity);
        _clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var market in new[] { Market, Other })
        {
            _database.Get<PriceFeed>().Put(_exchange, new Ticker(market.Symbol, price, null, null, Now));
        }

        await Matcher.PassAsync(CancellationToken.None);
    }

    public override Task SetLiquidityAsync(decimal? quantity)
    {
        _liquidity = quantity;
        Options.Liquidity = quantity * _price;
        return Task.CompletedTask;
    }

    public override Task SetFeesInQuoteAsync()
    {
        Options.FeeAsset = PaperFeeAsset.Quote;
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => _database.DisposeAsync();

    private static string Rules(string exchange) =>
        JsonSerializer.Serialize(
            new
            {
                exchange,
                precisionMode = 4,
                items = new[] { Spot("T"), Spot("U") },
            },
            ExactJson.Options
        );

    private static object Spot(string asset) =>
        new
        {
            id = asset + "USDT",
            symbol = asset + "/USDT",
            @base = asset,
            quote = "USDT",
            type = "spot",
            active = true,
            taker = "0.001",
            maker = "0.001",
            precision = new { price = "0.01", amount = "0.0001" },
            limits = new
            {
                price = new { min = "0.01", max = "1000000" },
                amount = new { min = "0.0001", max = "9000" },
                cost = new { min = "5", max = "9000000" },
            },
        };
}
