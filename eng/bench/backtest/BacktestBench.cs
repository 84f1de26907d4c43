using System.Diagnostics;
using System.Globalization;
using System.Text;
using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Backtest;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Markets;

const int Minutes = 525_600;
const int Repeats = 5;
var runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100;
var directory = Directory.CreateTempSubdirectory("backtest").FullName;
try
{
    var (csv, binary) = (Path.Combine(directory, "year.csv"), Path.Combine(directory, "year.candles"));
    File.WriteAllText(csv, Year(seed: 1));
    CandleFile.Write(binary, CandleCsv.Parse(File.ReadAllBytes(csv), 2, 3));
    Console.WriteLine(
        $"{Minutes:N0} one-minute candles: CSV {new FileInfo(csv).Length / 1_000_000} MB, cached {new FileInfo(binary).Length / 1_000_000} MB"
    );
    Console.WriteLine("{0,-34} {1,12} {2,12} {3,12} {4,8}", $"one path, best of {Repeats}", "from cache", "from CSV", "run only", "fills");
    foreach (var (name, bot) in Bots())
    {
        var (cached, fills) = Best(() => bot(CandleFile.Read(binary), true));
        var (fromCsv, _) = Best(() => bot(CandleCsv.Parse(File.ReadAllBytes(csv), 2, 3), true));
        var series = CandleFile.Read(binary);
        var (only, _) = Best(() => bot(series, true));
        Console.WriteLine("{0,-34} {1,10:0.000} s {2,10:0.000} s {3,10:0.000} s {4,8:N0}", name, cached, fromCsv, only, fills);
    }

    Sweep(CandleFile.Read(binary), runs);
}
finally
{
    Directory.Delete(directory, recursive: true);
}

static (double Seconds, int Fills) Best(Func<int> run)
{
    var (best, fills) = (double.MaxValue, 0);
    for (var i = 0; i < Repeats; i++)
    {
        var watch = Stopwatch.StartNew();
        fills = run();
        best = Math.Min(best, watch.Elapsed.TotalSeconds);
    }

    return (best, fills);
}

static IEnumerable<(string Name, Func<CandleSeries, bool, int> Run)> Bots()
{
    yield return ("grid, 20 intervals of 2 %", (s, skips) => Backtester.Run(Grid(20), Settings(skips), s, "bench").Outcome.Fills.Count);
    yield return ("grid, 100 intervals of 0.4 %", (s, skips) => Backtester.Run(Grid(100), Settings(skips), s, "bench").Outcome.Fills.Count);
    yield return ("DCA, 5 safety orders, trailing", (s, skips) => Backtester.Run(Dca(2), Settings(skips), s, "bench").Outcome.Fills.Count);
}

// As many settings of each kind, on all cores.
static void Sweep(CandleSeries series, int runs)
{
    var watch = Stopwatch.StartNew();
    Parallel.For(
        0,
        runs,
        i =>
        {
            if (i % 2 == 0)
            {
                Backtester.Run(Grid(10 + (i % 90)), Settings(true), series, "bench");
            }
            else
            {
                Backtester.Run(Dca(1 + (i % 20 * 0.2m)), Settings(true), series, "bench");
            }
        }
    );
    var seconds = watch.Elapsed.TotalSeconds;
    Console.WriteLine(
        $"{runs} runs of a sweep on {Environment.ProcessorCount} cores: {seconds:0.0} s, 1,000 would take {seconds / runs * 1000:0} s"
    );
}

static GridSettings Grid(int grids) =>
    new()
    {
        Lower = 40_000,
        Upper = 60_000,
        Grids = grids,
        Investment = 10_000,
    };

static DcaSettings Dca(decimal takeProfit) =>
    new()
    {
        BaseOrder = 100,
        SafetyOrder = 50,
        MaxSafetyOrders = 5,
        ActiveSafetyOrders = 2,
        Deviation = 1.5m,
        StepScale = 1.4m,
        VolumeScale = 1.5m,
        TakeProfit = new() { Percent = takeProfit, Trailing = 0.3m },
    };

static BacktestSettings Settings(bool skips) =>
    new()
    {
        Market = new Market
        {
            Exchange = "bench",
            Symbol = "BTC/USDT",
            ExchangeSymbol = "BTCUSDT",
            Base = "BTC",
            Quote = "USDT",
            PriceIncrements = Increments.Tick(0.01m),
            QuantityIncrements = Increments.Tick(0.00001m),
            MinQuantity = 0.00001m,
            MinNotional = 5,
        },
        Fees = FeeRates.Flat(0.001m, FeeCoin.Quote),
        StartQuote = 10_000,
        Path = CandlePath.OpenLowHighClose,
        Skips = skips,
    };

// A walk of about 60 % volatility a year around 50,000, drawn back a little so that it stays there.
static string Year(int seed)
{
    var random = new Random(seed);
    var text = new StringBuilder("time,open,high,low,close,volume\n");
    var (price, at) = (5_000_000L, 1_761_955_200L);
    for (var i = 0; i < Minutes; i++)
    {
        var step = price / 1_000_000 * random.Next(-1_400, 1_401) + ((5_000_000 - price) / 20_000);
        var (open, close) = (price, price + step);
        var (high, low) = (
            Math.Max(open, close) + (price * random.Next(0, 400) / 1_000_000),
            Math.Min(open, close) - (price * random.Next(0, 400) / 1_000_000)
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"{at},{open / 100m:0.00},{high / 100m:0.00},{low / 100m:0.00},{close / 100m:0.00},{random.Next(100, 90_000) / 1000m:0.000}\n"
        );
        (price, at) = (close, at + 60);
    }

    return text.ToString();
}
