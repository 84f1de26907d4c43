using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Tests.Path.Chaos;

/// <summary>
/// A grid and a DCA bot over random prices with gaps, while the server kills itself between two writes. At the end books, positions and the
/// exchange's ledger must agree; what they say must not depend on the kills.
/// </summary>
internal static class BotChaos
{
    private const int Grid = 0;
    private const int Dca = 1;
    private const int GridLines = 20;
    private const int ActiveOrders = 2;

    /// <summary>Percent.</summary>
    private const int Trailing = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Longer than a bot's pause between two replacements of its target.</summary>
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(1.3);
    private static readonly string[] Points =
    [
        "bot.beforeCommit",
        "bot.afterCommit",
        "send.afterCall",
        "answer.beforeCommit",
        "answer.afterCommit",
        "cancel.afterCall",
        "bot.beforeCommit:2",
        "send.beforeCall",
    ];

    /// <param name="killEvery">Steps; 0 for never.</param>
    public static async Task<BotChaosOutcome> RunAsync(string database, int steps, int killEvery, int seed, Action<string>? say = null)
    {
        await using var run = await ChaosRun.StartAsync(database, traders: 1);
        var app = run.Apps[0];
        Guid[] bots = [await StartAsync(run, Grid, GridSettings), await StartAsync(run, Dca, DcaSettings)];
        decimal[] prices = [ChaosRun.Price, ChaosRun.Price];
        await QuietAsync(run, bots, prices);
        var random = new Random(seed);
        var kills = 0;
        for (var step = 1; step <= steps; step++)
        {
            for (var market = 0; market < prices.Length; market++)
            {
                var move = random.Next(8) == 0 ? random.Next(-700, 701) : random.Next(-180, 181);
                prices[market] = Math.Clamp(prices[market] + (move / 100m), 85, 115);
            }

            var kill = killEvery > 0 && step % killEvery == 0;
            if (kill)
            {
                run.Arm(Points[kills % Points.Length]);
            }

            for (var market = 0; market < prices.Length; market++)
            {
                await run.Exchange.SetPriceAsync($"M{market}USDT", prices[market]);
            }

            if (kill)
            {
                await DieAsync(run, bots, prices);
                say?.Invoke($"{database}: step {step}, killed at {Points[kills % Points.Length]}");
                run.Disarm();
                await app.StartAsync();
                kills++;
            }

            await QuietAsync(run, bots, prices);
        }

        return await OutcomeAsync(run, bots, kills);
    }

    private static object GridSettings =>
        new
        {
            lower = "90",
            upper = "110",
            grids = GridLines,
            investment = "2000",
        };

    private static object DcaSettings =>
        new
        {
            baseOrder = "100",
            safetyOrder = "100",
            maxSafetyOrders = 4,
            activeSafetyOrders = ActiveOrders,
            deviation = "1.5",
            stepScale = "1.3",
            takeProfit = new
            {
                steps = new[] { new { percent = "1.5", share = "50" }, new { percent = "3", share = "50" } },
                trailing = Trailing,
            },
        };

    private static async Task<Guid> StartAsync(ChaosRun run, int market, object settings)
    {
        await using var db = run.Open();
        var account = await db.ExchangeAccounts.Select(a => a.Id).SingleAsync();
        var bot = await DoorsApp.PostAsync(
            run.ClientOf(0),
            "/api/bots",
            new
            {
                kind = market == Grid ? "grid" : "dca",
                name = $"Bot {market}",
                accountId = account,
                symbol = $"M{market}/USDT",
                settings,
            }
        );
        var id = bot.GetProperty("id").GetGuid();
        (await run.ClientOf(0).PostAsync($"/api/bots/{id}/start", null)).EnsureSuccessStatusCode();
        return id;
    }

    // At its point, or where it is when the step does not pass that.
    private static async Task DieAsync(ChaosRun run, Guid[] bots, decimal[] prices)
    {
        var app = run.Apps[0];
        await Until.True(async () => app.HasExited || await IsStillAsync(run, bots, prices, () => app.HasExited), Patience);
        if (!app.HasExited)
        {
            await app.KillAsync();
        }

        await app.WaitForExitAsync();
    }

    private static Task QuietAsync(ChaosRun run, Guid[] bots, decimal[] prices) =>
        Until.True(() => IsStillAsync(run, bots, prices, () => false), Patience, () => SaidAsync(run, bots).Result);

    /// <summary>Prices are heard, everything that was executed is counted, and for a while nothing is written any more.</summary>
    private static async Task<bool> IsStillAsync(ChaosRun run, Guid[] bots, decimal[] prices, Func<bool> isOver)
    {
        var watch = Stopwatch.StartNew();
        var before = await StampAsync(run, bots, prices);
        while (before is not null && watch.Elapsed < Still && !isOver())
        {
            if (await StampAsync(run, bots, prices) != before)
            {
                return false;
            }
        }

        return before is not null && !isOver();
    }

    private static async Task<string?> StampAsync(ChaosRun run, Guid[] bots, decimal[] prices)
    {
        foreach (var (i, bot) in bots.Index())
        {
            try
            {
                var view = await run.ClientOf(0).GetFromJsonAsync<JsonElement>($"/api/bots/{bot}");
                if (
                    !view.TryGetProperty("price", out var price)
                    || decimal.Parse(price.GetString()!, CultureInfo.InvariantCulture) != prices[i]
                )
                {
                    return null;
                }
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }

        await using var db = run.Open();
        var orders = await db.Orders.AsNoTracking().Where(o => o.OwnerKind == OwnerKind.Bot && o.SettledAt == null).ToListAsync();
        var fills = await db.Fills.Where(f => bots.Contains(f.OwnerId)).Select(f => f.IsUntold).ToListAsync();
        var ledger = await run.Exchange.LedgerAsync();
        var rows = await db.Bots.AsNoTracking().Where(b => bots.Contains(b.Id)).OrderBy(b => b.Id).ToListAsync();
        return
            rows.Select((r, i) => HasSeen(BotProgram.Of(r.Kind, r.Settings, r.State), prices[i])).All(seen => seen)
            && fills.Count == ledger.Fills.Count(f => f.Symbol is "M0USDT" or "M1USDT")
            && fills.TrueForAll(f => f is null)
            && orders.TrueForAll(o => o.Status == OrderStatus.Open && o.CancelRequestedAt is null)
            ? string.Join(' ', rows.Select(r => r.Version))
            : null;
    }

    // A grid has an order in each interval. A DCA bot has a deal with its ladder, and an exit until only the one is left that is
    // watched; one that trails has followed the price.
    private static bool HasSeen(BotProgram program, decimal price)
    {
        if (program is GridProgram)
        {
            return program.Orders.Count == GridLines;
        }

        if (program.Deals is not [.., { BasePrice: not null } deal])
        {
            return false;
        }

        var resting = deal.Lines.Count(l => l.Status == LineStatus.Resting);
        var left = deal.Lines.Count(l => l.Status is LineStatus.Resting or LineStatus.Planned);
        return resting == Math.Min(ActiveOrders, left)
            && (
                deal.Peak is { } peak
                    ? price <= peak && price > peak * (1 - (Trailing / 100m))
                    : deal.StepsDone.Count > 0 || deal.Orders.Any(o => o.Side == OrderSide.Sell && o.Basis == deal.Basis)
            );
    }

    private static async Task<BotChaosOutcome> OutcomeAsync(ChaosRun run, Guid[] bots, int kills)
    {
        await using var db = run.Open();
        var ledger = await run.Exchange.LedgerAsync();
        var lines = new List<string>();
        var count = 0;
        foreach (var (i, id) in bots.Index())
        {
            var row = await db.Bots.AsNoTracking().SingleAsync(b => b.Id == id);
            var program = BotProgram.Of(row.Kind, row.Settings, row.State);
            var position = await db.Positions.AsNoTracking().SingleAsync(p => p.OwnerId == id);
            var fills = ledger.Fills.Where(f => f.Symbol == $"M{i}USDT").ToList();
            var (held, split) = (program.Figures.Held, program.Profit(100));
            var coins = fills.Sum(f => (f.Side == "BUY" ? f.Quantity : -f.Quantity) - (f.CommissionAsset == $"M{i}" ? f.Commission : 0));
            count += fills.Count;
            lines.Add(
                FormattableString.Invariant(
                    $"{row.Kind}: held {held:G29}, realized {program.Figures.Realized:G29}, rounds {program.Figures.Rounds}, total at 100 {split.Total:G29}, parts differ by {split.Difference:G29}, position differs by {position.Quantity - held:G29}, ledger by {coins - held:G29}"
                )
            );
            lines.AddRange(
                fills.Select(f => FormattableString.Invariant($"{f.Side} {f.Quantity:G29} at {f.Price:G29}")).Order(StringComparer.Ordinal)
            );
        }

        return new(string.Join('\n', lines), count, kills);
    }

    private static async Task<string> SaidAsync(ChaosRun run, Guid[] bots)
    {
        await using var db = run.Open();
        var rows = await db.Bots.AsNoTracking().Where(b => bots.Contains(b.Id)).ToListAsync();
        var orders = await db.Orders.AsNoTracking().Where(o => o.SettledAt == null).ToListAsync();
        return string.Join(
            '\n',
            rows.Select(r => $"{r.Status} {r.Problem} {r.State}")
                .Concat(orders.Select(o => $"{o.Symbol} {o.Leg} {o.Side} {o.Quantity} at {o.Price} {o.Status} {o.Code} {o.Reason}"))
                .Append(run.Apps[0].Log[^Math.Min(run.Apps[0].Log.Length, 3_000)..])
        );
    }
}

/// <param name="Books">What the bots earned and hold, and every fill in the ledger.</param>
internal sealed record BotChaosOutcome(string Books, int Fills, int Kills);
