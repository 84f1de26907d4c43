using ExEngine.Core.Markets;
using ExEngine.Core.Portfolio.Money;
using ExEngine.Core.Preferences;
using ExEngine.Core.Risk;
using ExEngine.Tests.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Portfolio.Money;

/// <summary>Sums of what fills realised: by hand, and that all ways of summing up agree whatever the fills are.</summary>
public sealed class ProfitMathTests
{
    private const int Sequences = 300;
    private static readonly DateTime Start = new(2026, 3, 27, 20, 0, 0, DateTimeKind.Utc);
    private static readonly MarketSet Markets = new(
        "binance",
        [MarketsOf.Spot("BTC", "USDT"), MarketsOf.Spot("BNB", "USDT"), MarketsOf.Spot("EUR", "USDT")],
        Start,
        stale: false
    );
    private static readonly Guid[] Accounts = [Id(1), Id(2), Id(3)];
    private static readonly Guid[] Owners = [Guid.Empty, Id(4), Id(5)];
    private static readonly string[] Symbols = ["BTC/USDT", "ETH/BTC", "SOL/EUR", "PEPE/XYZ"];

    [Fact]
    public void Figures_AreThoseOfAHandCount()
    {
        var math = new ProfitMath(Book(), TimeZoneInfo.Utc);
        math.Add(Fill(0, "BTC/USDT", order: 1, 0m, fee: 0.1m));

        // One order in two fills that won 10 in all, one that lost 4, one that lost 2.5, one that won 0.5.
        math.Add(Fill(1, "BTC/USDT", order: 2, 12m, fee: 0.2m));
        math.Add(Fill(2, "BTC/USDT", order: 2, -2m));
        math.Add(Fill(30, "BTC/USDT", order: 3, -4m));
        math.Add(Fill(31, "ETH/BTC", order: 4, -0.000025m, fee: 0.001m, feeAsset: "BNB"));
        math.Add(Fill(32, "BTC/USDT", order: 5, 0.5m));

        // An entry of the books has no order: it counts, and is no trade.
        math.Add(Fill(33, "BTC/USDT", order: 0, -1m));
        var report = Report(math);

        var total = report.Total;
        (total.Profit, total.Fills, total.Trades, total.Wins, total.Losses).ShouldBe((3m, 7, 4, 2, 2));
        (total.Won, total.Lost, total.WinRate, total.AverageWin, total.AverageLoss).ShouldBe((10.5m, -6.5m, 50m, 5.25m, -3.25m));
        total.ProfitFactor.ShouldBe(10.5m / 6.5m);
        total.Fees.ShouldBe([new FeeSum("BNB", 0.001m, 0.6m), new FeeSum("USDT", 0.3m, 0.3m)]);
        total.FeesValue.ShouldBe(0.9m);

        // 12, 10, 6, 3.5, 4, 3: from 12 to 3.
        report.Drawdown.ShouldBe(9m);
        report.Days.Select(d => (d.Day, d.Sum.Profit)).ShouldBe([(new DateOnly(2026, 3, 27), 10m), (new DateOnly(2026, 3, 29), -7m)]);
        report.Symbols.Select(s => (s.Key, s.Sum.Profit)).ShouldBe([("BTC/USDT", 5.5m), ("ETH/BTC", -2.5m)]);
        report.IsConverted.ShouldBeTrue();
    }

    [Fact]
    public void QuoteWithoutARate_IsInNoSum_AndIsNamed()
    {
        var math = new ProfitMath(Book(), TimeZoneInfo.Utc);
        math.Add(Fill(0, "PEPE/XYZ", order: 1, 7m, fee: 1m, feeAsset: "PEPE"));
        math.Add(Fill(1, "BTC/USDT", order: 2, 1m));
        var report = Report(math);

        report.Total.Profit.ShouldBe(1m);
        report.Unrated.ShouldBe([new UnratedProfit("XYZ", 7m)]);
        report.Total.FeesValue.ShouldBeNull();
    }

    /// <summary>Also where a day has 23 hours, and fills are on its border.</summary>
    [Fact]
    public void Days_AreThoseOfTheZone()
    {
        var math = new ProfitMath(Book(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var (saturday, sunday) = (new DateOnly(2026, 3, 28), new DateOnly(2026, 3, 29));
        foreach (
            var (at, profit) in new[]
            {
                ("2026-03-28T22:59:59", 1m),
                ("2026-03-28T23:00:00", 10m),
                ("2026-03-29T21:59:59", 100m),
                ("2026-03-29T22:00:00", 1000m),
            }
        )
        {
            math.Add(Fill(0, "BTC/USDT", 1, profit) with { At = Utc(at) });
        }

        var report = Report(math);
        report.Days.Select(d => (d.Day, d.Sum.Profit)).ShouldBe([(saturday, 1m), (sunday, 110m), (sunday.AddDays(1), 1000m)]);
        report.Weeks.Select(w => (w.Day, w.Sum.Profit)).ShouldBe([(new DateOnly(2026, 3, 23), 111m), (new DateOnly(2026, 3, 30), 1000m)]);
        DayBorders.Begin(sunday, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).ShouldBe(Utc("2026-03-28T23:00:00"));
        DayBorders.Begin(sunday.AddDays(1), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).ShouldBe(Utc("2026-03-29T22:00:00"));
    }

    [Fact]
    public void AnyFills_GiveTheSameSumWhicheverWayTheyAreSummedUp()
    {
        for (var seed = 0; seed < Sequences; seed++)
        {
            var random = new Random(seed);
            var zone = TimeZoneInfo.FindSystemTimeZoneById(random.Next(2) == 0 ? "UTC" : "America/New_York");
            var math = new ProfitMath(Book(), zone);
            var fills = Enumerable.Range(0, random.Next(1, 200)).Select(i => Any(random, i)).OrderBy(f => f.At).ToList();
            fills.ForEach(math.Add);
            var report = Report(math);

            var ways = new[]
            {
                report.Days.Select(d => d.Sum),
                report.Weeks.Select(d => d.Sum),
                report.Months.Select(d => d.Sum),
                report.Symbols.Select(g => g.Sum),
                report.Webhooks.Select(g => g.Sum),
                report.Accounts.Select(g => g.Sum),
            };
            foreach (var sums in ways.Select(w => w.Aggregate(ProfitMath.Plus)))
            {
                (sums.Profit, sums.Won, sums.Lost).ShouldBe((report.Total.Profit, report.Total.Won, report.Total.Lost), $"seed {seed}");
                (sums.Wins, sums.Losses, sums.Fills).ShouldBe((report.Total.Wins, report.Total.Losses, report.Total.Fills), $"seed {seed}");
                sums.Fees.Select(f => (f.Asset, f.Amount)).ShouldBe(report.Total.Fees.Select(f => (f.Asset, f.Amount)), $"seed {seed}");
            }

            // And it is what the books say, where nothing is converted.
            report
                .Symbols.Where(s => s.Key == "BTC/USDT")
                .Sum(s => s.Sum.Profit)
                .ShouldBe(fills.Where(f => f.Symbol == "BTC/USDT").Sum(f => f.RealizedProfit), $"seed {seed}");
            report.Total.Won.ShouldBeGreaterThanOrEqualTo(0);
            report.Total.Lost.ShouldBeLessThanOrEqualTo(0);
        }
    }

    private static FillResult Any(Random random, int i)
    {
        var places = new decimal(1, 0, 0, false, (byte)random.Next(2, 17));
        var order = random.Next(4) == 0 ? Guid.Empty : Id(1000 + random.Next(i + 1));
        var (fee, asset) = random.Next(4) switch
        {
            0 => (0m, null),
            1 => (random.Next(1, 999) * 0.000001m, "BNB"),
            2 => (-random.Next(1, 999) * 0.0001m, "USDT"),
            _ => (random.Next(1, 999) * 0.00000001m, (string?)"BTC"),
        };

        // An order has one symbol, owner and account.
        var of = order == Guid.Empty ? random.Next(1000) : order.GetHashCode() & 0xFFFF;
        return new FillResult(
            Start.AddMinutes(random.Next(60 * 24 * 70)),
            Accounts[of % 3],
            "binance",
            Symbols[of % 4],
            Owners[of / 4 % 3],
            order,
            random.Next(3) == 0 ? 0 : random.Next(-1_000_000, 1_000_000) * places,
            fee,
            asset
        );
    }

    private static FillResult Fill(int hour, string symbol, int order, decimal profit, decimal fee = 0, string feeAsset = "USDT") =>
        new(Start.AddHours(hour), Accounts[0], "binance", symbol, Owners[0], order == 0 ? Guid.Empty : Id(order), profit, fee, feeAsset);

    private static ProfitReport Report(ProfitMath math) => math.Report(Book(), o => o.ToString(), a => a.ToString());

    private static RateBook Book() =>
        new(
            "USDT",
            _ => Markets,
            (_, symbol) =>
                symbol switch
                {
                    "BTC/USDT" => (100_000m, TimeSpan.Zero),
                    "BNB/USDT" => (600m, TimeSpan.Zero),
                    "EUR/USDT" => (1.0837m, TimeSpan.Zero),
                    _ => null,
                }
        );

    private static DateTime Utc(string text) =>
        DateTime.Parse(
            text + "Z",
            System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AdjustToUniversal
        );

    private static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);
}
