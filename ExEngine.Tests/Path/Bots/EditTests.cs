using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Tests.Path.Live;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Bots;

/// <summary>The preview of an edit by REST, and the edit itself, of bots that run at the fake Binance.</summary>
[NeedsServer]
public sealed class EditTests(LiveApp live) : IClassFixture<LiveApp>
{
    [Fact]
    public async Task GridEdit_ComesToWhatItsPreviewSays()
    {
        var bot = await BotAsync("grid", Grid(90, 110, 10));
        await bot.StartAsync();
        await bot.RestsAsync([90m, 92m, 94m, 96m, 98m], [102m, 104m, 106m, 108m, 110m]);

        var view = await PreviewAsync(bot, Grid(94, 114, 10));
        view.GetProperty("kept").GetInt32().ShouldBe(8);
        Rows(view).ShouldBe(["placed buy market", "placed sell 114", "placed sell 112", "cancelled buy 92", "cancelled buy 90"]);
        view.GetProperty("limits").GetArrayLength().ShouldBe(0);
        (await bot.RestingAsync()).Buys.ShouldBe([90m, 92m, 94m, 96m, 98m], "A preview changes nothing.");

        await BotDrive.FineAsync(await PutAsync(bot, new { settings = Grid(94, 114, 10) }));
        await bot.RestsAsync([94m, 96m, 98m], [102m, 104m, 106m, 108m, 110m, 112m, 114m]);
        await bot.BecomesAsync(async () => await bot.HasCountedAsync(bot.Trader));
        await bot.ShouldBeTrueAsync();
    }

    [Fact]
    public async Task InvestmentOfARunningGrid_IsToldAndRefused()
    {
        var bot = await BotAsync("grid", Grid(90, 110, 10));
        await bot.StartAsync();
        await bot.RestsAsync([90m, 92m, 94m, 96m, 98m], [102m, 104m, 106m, 108m, 110m]);

        var view = await PreviewAsync(bot, Grid(90, 110, 10, "500"));
        var limit = view.GetProperty("limits")[0];
        limit.GetProperty("field").GetString().ShouldBe("investment");
        limit.GetProperty("isRefused").GetBoolean().ShouldBeTrue();
        var answer = await PutAsync(bot, new { settings = Grid(90, 110, 10, "500") });
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("add or withdraw funds");
    }

    [Fact]
    public async Task DcaEdit_HoldsForTheOpenDealWhenThatIsAsked()
    {
        var bot = await BotAsync("dca", Dca("2", "2"));
        await bot.StartAsync();
        await bot.RestsAsync([96m, 98m], [102m]);

        var later = await PreviewAsync(bot, Dca("3", "4"));
        Rows(later).ShouldBeEmpty();
        later.GetProperty("limits")[0].GetProperty("reason").GetString()!.ShouldContain("from the next deal");
        var now = await PreviewAsync(bot, Dca("3", "4"), applyToDeals: true);
        Rows(now).ShouldBe(["moved sell 102 to 104", "moved buy 98 to 97", "moved buy 96 to 94"]);

        await BotDrive.FineAsync(await PutAsync(bot, new { settings = Dca("3", "4"), applyToDeals = true }));
        await bot.RestsAsync([94m, 97m], [104m]);
        await bot.PriceAsync(104.5m);
        await bot.BecomesAsync(async () => (await bot.ItemsAsync("deals"))[0].GetProperty("status").GetString() == "completed");
        await bot.ShouldBeTrueAsync();
        (await bot.ItemsAsync("journal")).ShouldContain(e =>
            e.GetProperty("text").GetString() == "Deal 1: it goes by the changed settings from here on"
        );
    }

    [Fact]
    public async Task PreviewOfWhatIsWrong_OrNotMine_IsRefused()
    {
        var bot = await BotAsync("grid", Grid(90, 110, 10));
        (await PreviewAsync(bot, Grid(90, 112, 11))).GetProperty("notes")[0].GetString()!.ShouldContain("does not run");
        var wrong = await bot.PostAsync("preview", new { settings = new { lower = "110", upper = "90" } });
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await wrong.Content.ReadAsStringAsync()).ShouldContain("settings.upper");
        var other = await live.TraderAsync(("USDT", 100m));
        var theirs = await other.Client.PostAsJsonAsync($"/api/bots/{bot.Id}/preview", new { settings = Grid(90, 112, 11) });
        theirs.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static object Grid(int lower, int upper, int grids, string investment = "1000") =>
        new
        {
            lower,
            upper,
            grids,
            investment,
        };

    private static object Dca(string deviation, string takeProfit) =>
        new
        {
            baseOrder = "100",
            safetyOrder = "100",
            maxSafetyOrders = 3,
            activeSafetyOrders = 2,
            deviation,
            takeProfit = new { percent = takeProfit },
            maxDeals = 1,
        };

    private static async Task<JsonElement> PreviewAsync(BotDrive bot, object settings, bool applyToDeals = false) =>
        await ApiClient.SucceedAsync(await bot.PostAsync("preview", new { settings, applyToDeals }));

    private static Task<HttpResponseMessage> PutAsync(BotDrive bot, object body) =>
        bot.Trader.Client.PutAsJsonAsync($"/api/bots/{bot.Id}", body);

    private static IEnumerable<string> Rows(JsonElement view) =>
        view.GetProperty("changes")
            .EnumerateArray()
            .Select(r =>
                (Word(r, "change"), Number(r, "wasPrice"), Number(r, "price")) switch
                {
                    ("cancelled", { } was, _) => FormattableString.Invariant($"cancelled {Word(r, "side")} {was:0.##}"),
                    ("moved", { } was, { } price) => FormattableString.Invariant($"moved {Word(r, "side")} {was:0.##} to {price:0.##}"),
                    (var change, _, { } price) => FormattableString.Invariant($"{change} {Word(r, "side")} {price:0.##}"),
                    (var change, _, _) => $"{change} {Word(r, "side")} market",
                }
            );

    private static string Word(JsonElement row, string name) => row.GetProperty(name).GetString()!.ToLowerInvariant();

    private static decimal? Number(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture)
            : null;

    private async Task<BotDrive> BotAsync(string kind, object settings)
    {
        var market = live.TakeMarket();
        var trader = await live.TraderAsync(("USDT", 10_000m));
        return await BotDrive.MakeAsync(trader, market, kind, settings);
    }
}
