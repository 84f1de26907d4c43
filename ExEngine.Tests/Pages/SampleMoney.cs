using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Core.Portfolio.Money;
using ExEngine.Core.Positions;
using ExEngine.Tests.Support;

namespace ExEngine.Tests.Pages;

/// <summary>A month of trades that won and lost, and snapshots with a deposit and a gap.</summary>
internal static class SampleMoney
{
    public static async Task AddAsync(AppFactory app, SignalRows owner)
    {
        var (ids, now) = (app.Get<SequentialIds>(), app.Get<TimeProvider>().GetUtcNow().UtcDateTime);
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        await using var db = await owner.DatabaseAsync();
        var random = new Random(11);
        for (var i = 0; i < 60; i++)
        {
            var symbol = (i % 3) switch
            {
                0 => "BTC/USDT",
                1 => "ETH/USDT",
                _ => "1000SHIBOFTHELONGNAME/USDT",
            };
            db.Add(
                new Fill
                {
                    Id = ids.Next(),
                    UserId = owner.UserId,
                    AccountId = owner.AccountId,
                    OrderId = ids.Next(),
                    OwnerId = i % 4 == 0 ? Guid.Empty : owner.WebhookId,
                    Symbol = symbol,
                    ExchangeTradeId = $"sample{i}",
                    Side = OrderSide.Sell,
                    Price = 100m,
                    Quantity = 1m,
                    Cost = 100m,
                    Fee = 0.1m + (i % 7),
                    FeeAsset = i % 5 == 0 ? "BNB" : "USDT",
                    At = now.AddHours(-11 * i),
                    StoredAt = now.AddHours(-11 * i),
                    RealizedProfit = decimal.Round(random.Next(-40_000, 60_000) / 100m, 2),
                }
            );
        }

        for (var i = 0; i < 24 * 40; i++)
        {
            var isKnown = i is < 300 or > 330;
            var deposits = i < 500 ? 15_000m : 10_000m;
            var equity = deposits + (decimal)(Math.Sin(i / 40.0) * 700) + 1_900m - (i * 1.7m);
            db.Add(
                new EquitySnapshot
                {
                    AccountId = owner.AccountId,
                    UserId = owner.UserId,
                    Slot = now.AddHours(-i),
                    At = now.AddHours(-i),
                    Currency = "USDT",
                    Equity = isKnown ? equity : null,
                    Cash = isKnown ? equity * 0.6m : null,
                    Held = isKnown ? equity * 0.4m : null,
                    NetDeposits = isKnown ? deposits : null,
                    IsComplete = isKnown,
                    Grain = EquityGrain.Hour,
                }
            );
        }

        await db.SaveChangesAsync();
    }

    /// <summary>One trade a day, the last one today.</summary>
    public static async Task AddDaysAsync(AppFactory app, SignalRows owner, int days)
    {
        var (ids, now) = (app.Get<SequentialIds>(), app.Get<TimeProvider>().GetUtcNow().UtcDateTime);
        await using var db = await owner.DatabaseAsync();
        for (var i = 0; i < days; i++)
        {
            db.Add(
                new Fill
                {
                    Id = ids.Next(),
                    UserId = owner.UserId,
                    AccountId = owner.AccountId,
                    OrderId = ids.Next(),
                    OwnerId = Guid.Empty,
                    Symbol = "BTC/USDT",
                    ExchangeTradeId = $"day{i}",
                    Side = OrderSide.Sell,
                    Price = 100m,
                    Quantity = 1m,
                    Cost = 100m,
                    At = now.AddDays(-i),
                    StoredAt = now.AddDays(-i),
                    RealizedProfit = i % 3 == 0 ? -1.5m : 2m,
                }
            );
        }

        await db.SaveChangesAsync();
    }
}
