using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Positions;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Path.Live;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;

namespace ExEngine.Tests.Path.Bots;

/// <summary>A bot of a trader at the fake exchange, driven by REST and by the price.</summary>
internal sealed record BotDrive(LiveTrader Trader, FakeMarket Market, Guid Id)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<BotDrive> MakeAsync(LiveTrader trader, FakeMarket market, string kind, object settings, string name = "Bot")
    {
        var bot = await DoorsApp.PostAsync(
            trader.Client,
            "/api/bots",
            new
            {
                kind,
                name,
                accountId = trader.AccountId,
                symbol = $"{market.Base}/{market.Quote}",
                settings,
            }
        );
        return new BotDrive(trader, market, bot.GetProperty("id").GetGuid());
    }

    public async Task<HttpResponseMessage> PostAsync(string act, object? body = null) =>
        await Trader.Client.PostAsJsonAsync($"/api/bots/{Id}/{act}", body ?? new { });

    public async Task StartAsync() => await FineAsync(await PostAsync("start"));

    public async Task StopAsync(string how) => await FineAsync(await PostAsync("stop", new { how }));

    public static async Task FineAsync(HttpResponseMessage response) =>
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());

    public Task<JsonElement> ViewAsync() => Trader.Client.GetFromJsonAsync<JsonElement>($"/api/bots/{Id}");

    public async Task<IReadOnlyList<JsonElement>> ItemsAsync(string what) =>
        [.. (await Trader.Client.GetFromJsonAsync<JsonElement>($"/api/bots/{Id}/{what}")).GetProperty("items").EnumerateArray()];

    public Task<Bot> RowAsync() => Trader.Live.ReadAsync(db => db.Bots.AsNoTracking().SingleAsync(b => b.Id == Id));

    public Task PriceAsync(decimal price) => Trader.Live.Exchange.SetPriceAsync(Market.Id, price);

    /// <summary>In base, by its position; 0 while it has none.</summary>
    public Task<decimal> HeldAsync() =>
        Trader.Live.ReadAsync(db => db.Positions.Where(p => p.OwnerId == Id).Select(p => p.Quantity).SingleOrDefaultAsync());

    /// <summary>How many trades of its market the exchange has made.</summary>
    public async Task<int> TradesAsync() => (await Trader.LedgerAsync()).Fills.Count(f => f.Symbol == Market.Id);

    /// <summary>Whether the bot has been told of every trade that is booked, which is one commit after its position has it.</summary>
    public async Task<bool> IsToldAsync() =>
        !await Trader.Live.ReadAsync(db => db.Fills.AnyAsync(f => f.OwnerId == Id && f.IsUntold != null));

    /// <summary>Whether every trade of the account is booked, and every bot has been told.</summary>
    public async Task<bool> HasCountedAsync(LiveTrader trader)
    {
        var fills = await trader.Live.ReadAsync(db =>
            db.Fills.Where(f => f.AccountId == trader.AccountId).Select(f => f.IsUntold).ToListAsync()
        );
        return fills.TrueForAll(untold => untold is null) && fills.Count == (await trader.LedgerAsync()).Fills.Count;
    }

    /// <summary>Of the order that rests at a price.</summary>
    public async Task<string> ClientIdAsync(decimal price) => (await OpenAsync()).Single(o => o.Price == price).ClientOrderId!;

    /// <summary>Prices of the orders that rest at the exchange, buys and sells.</summary>
    public async Task<(decimal[] Buys, decimal[] Sells)> RestingAsync()
    {
        var open = await OpenAsync();
        return (
            [.. open.Where(o => o.Side == "BUY").Select(o => o.Price!.Value).Order()],
            [.. open.Where(o => o.Side == "SELL").Select(o => o.Price!.Value).Order()]
        );
    }

    private async Task<List<LedgerEntry>> OpenAsync()
    {
        var ledger = await Trader.LedgerAsync();
        var ended = ledger.Cancels.Concat(ledger.Expiries).Select(e => e.ClientOrderId).ToHashSet();
        return ledger
            .Orders.Where(o =>
                o.Symbol == Market.Id
                && o.Price is not null
                && !ended.Contains(o.ClientOrderId)
                && ledger.Filled(o.ClientOrderId!) < o.Quantity
            )
            .ToList();
    }

    public Task RestsAsync(decimal[] buys, decimal[] sells) =>
        BecomesAsync(async () =>
        {
            var (b, s) = await RestingAsync();
            return b.SequenceEqual(buys) && s.SequenceEqual(sells);
        });

    public Task BecomesAsync(Func<Task<bool>> condition) => Until.True(condition, Patience, () => SaidAsync().Result);

    /// <summary>The bot's books, its position and the exchange's ledger say the same, digit for digit.</summary>
    /// <param name="onlyOwn">Others trade on its market, too.</param>
    public async Task ShouldBeTrueAsync(bool onlyOwn = false)
    {
        var fills = await Trader.Live.ReadAsync(db => db.Fills.AsNoTracking().Where(f => f.OwnerId == Id).ToListAsync());
        var row = await RowAsync();
        var program = BotProgram.Of(row.Kind, row.Settings, row.State);
        var position = await Trader.Live.ReadAsync(db => db.Positions.AsNoTracking().SingleAsync(p => p.OwnerId == Id));
        fills.ShouldAllBe(f => f.IsUntold == null);
        program.Figures.Held.ShouldBe(position.Quantity);
        var split = program.Profit(123.45m);
        split.Difference.ShouldBe(0, "The parts of the profit are its total.");
        var money = fills.Sum(f => (f.Side == Core.Markets.OrderSide.Buy ? -f.Cost : f.Cost) - (f.FeeAsset == Market.Quote ? f.Fee : 0));
        split.Total.ShouldBe(money + (position.Quantity * 123.45m), "What the fills say is the total.");
        var own = onlyOwn ? await ClientIdsAsync() : null;
        var ledger = (await Trader.LedgerAsync())
            .Fills.Where(f => f.Symbol == Market.Id && own?.Contains(f.ClientOrderId!) != false)
            .ToList();
        fills.Sum(f => f.Quantity).ShouldBe(ledger.Sum(f => f.Quantity!.Value));
        fills.Sum(f => f.Cost).ShouldBe(ledger.Sum(f => f.Price!.Value * f.Quantity!.Value));
    }

    private Task<HashSet<string>> ClientIdsAsync() =>
        Trader.Live.ReadAsync(db => db.Orders.Where(o => o.OwnerId == Id).Select(o => o.ClientId).ToHashSetAsync());

    private async Task<string> SaidAsync()
    {
        var row = await RowAsync();
        var orders = await Trader.Live.ReadAsync(db =>
            db.Orders.AsNoTracking().Where(o => o.OwnerId == Id && o.OwnerKind == OwnerKind.Bot).OrderBy(o => o.Id).ToListAsync()
        );
        var journal = await Trader.Live.ReadAsync(db =>
            db.BotJournal.AsNoTracking().Where(e => e.BotId == Id).OrderBy(e => e.Id).Select(e => e.Text).ToListAsync()
        );
        return string.Join(
            '\n',
            [
                $"{row.Status} {row.Problem} {row.State}",
                .. orders.Select(o =>
                    $"{o.Leg}/{o.Generation} {o.Side} {o.Type} {o.Quantity} at {o.Price} {o.Status} filled {o.FilledQuantity} {o.Code} {o.Reason}"
                ),
                .. journal,
            ]
        );
    }
}
