using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Positions;
using ExEngine.Core.Preferences;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Api;

[NeedsServer]
public sealed class PreferenceEndpointsTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    private const string New =
        """{"numberFormat":"point","colours":"greenRed","confirm":{"paperOrders":false,"paperCloses":true,"paperCancels":true}}""";

    public static TheoryData<string> Both => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task Preferences_ComeBackAndAreTold_AndAreNobodyElses(string database)
    {
        var (client, owner, app) = await StartAsync(database);
        var (stranger, _, _) = await StartAsync(database);
        var told = new List<ChangeEvent>();
        using var hearing = app.Get<ChangeFeed>().Subscribe(owner.UserId, told.Add);
        (await client.GetStringAsync("/api/preferences")).ShouldBe(New);

        foreach (var colours in new[] { "redGreen", "blueOrange" })
        {
            var answer = await ApiClient.SucceedAsync(
                await client.PutAsJsonAsync(
                    "/api/preferences",
                    new
                    {
                        timeZone = "europe/berlin",
                        numberFormat = "comma",
                        colours,
                        confirm = new { paperOrders = true, paperCancels = false },
                    }
                )
            );
            answer
                .GetRawText()
                .ShouldBe(
                    """{"timeZone":"Europe/Berlin","numberFormat":"comma","colours":"COLOURS",""".Replace("COLOURS", colours)
                        + "\"confirm\":{\"paperOrders\":true,\"paperCloses\":true,\"paperCancels\":false}}"
                );
            (await client.GetStringAsync("/api/preferences")).ShouldBe(answer.GetRawText());
        }

        told.Count(e => e.Kind == ChangeKind.Preferences).ShouldBe(2);
        (await stranger.GetStringAsync("/api/preferences")).ShouldBe(New);
        (await app.Get<DayBorders>().OfAsync(owner.UserId, CancellationToken.None)).Id.ShouldBe("Europe/Berlin");

        // What is left out is as for a new user.
        (await ApiClient.SucceedAsync(await client.PutAsJsonAsync("/api/preferences", new { })))
            .GetRawText()
            .ShouldBe(New);
        (await app.Get<DayBorders>().OfAsync(owner.UserId, CancellationToken.None)).ShouldBe(TimeZoneInfo.Utc);
    }

    [Theory]
    [InlineData("""{"timeZone":"Europe/Atlantis"}""", "timeZone")]
    [InlineData("""{"timeZone":"../../etc/passwd"}""", "timeZone")]
    [InlineData("""{"timeZone":"W. Europe Standard Time"}""", "timeZone")]
    [InlineData("""{"numberFormat":"roman"}""", null)]
    [InlineData("""{"colours":7}""", null)]
    public async Task WhatCannotBe_IsRefused(string body, string? field)
    {
        var (client, _, _) = await StartAsync(TwoDatabases.Sqlite);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var answer = await client.PutAsync(new Uri("/api/preferences", UriKind.Relative), content);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        if (field is not null)
        {
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            problem.GetProperty("errors").EnumerateObject().Single().Name.ShouldBe(field);
        }

        (await client.GetStringAsync("/api/preferences")).ShouldBe(New);
    }

    /// <summary>Two pages that save for the first time at once: both are answered, and one row stays.</summary>
    [Theory, MemberData(nameof(Both))]
    public async Task FirstSavesAtOnce_AllSucceed(string database)
    {
        var (_, owner, app) = await StartAsync(database);
        var book = app.Get<PreferenceBook>();
        var wanted = UserPreferences.Default with { UserId = owner.UserId, Colours = PriceColours.BlueOrange };

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => book.SaveAsync(wanted, CancellationToken.None))));

        (await book.FindAsync(owner.UserId, CancellationToken.None)).ShouldBe(wanted);
    }

    /// <summary>Profit by day and the daily loss go by the same day, that of the zone which was chosen.</summary>
    [Theory, MemberData(nameof(Both))]
    public async Task Days_AreThoseOfTheZone_InReportsAndLimitsAlike(string database)
    {
        var (client, owner, app) = await StartAsync(database);
        var now = app.Get<TimeProvider>().GetUtcNow().UtcDateTime;
        foreach (var zone in new[] { "Pacific/Kiritimati", "Pacific/Pago_Pago" })
        {
            await ApiClient.SucceedAsync(await client.PutAsJsonAsync("/api/preferences", new { timeZone = zone }));
            var (begin, end) = DayBorders.Around(now, TimeZones.Find(zone)!);
            begin.TimeOfDay.ShouldNotBe(TimeSpan.Zero);
            await AddFillAsync(owner, app, begin.AddSeconds(-1), -100);
            await AddFillAsync(owner, app, begin, -7);

            var risk = await client.GetFromJsonAsync<JsonElement>("/api/risk");
            var days = await client.GetFromJsonAsync<JsonElement>("/api/profit?by=day");
            var today = DayBorders
                .DayOf(now, TimeZones.Find(zone)!)
                .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            var profit = days.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("key").GetString() == today);
            decimal.Parse(profit.GetProperty("profit").GetString()!, System.Globalization.CultureInfo.InvariantCulture)
                .ShouldBe(decimal.Parse(risk.GetProperty("realizedToday").GetString()!, System.Globalization.CultureInfo.InvariantCulture));

            await using var db = await owner.DatabaseAsync();
            await db.Fills.Where(f => f.UserId == owner.UserId).ExecuteDeleteAsync();
            end.ShouldBeGreaterThan(now);
        }
    }

    private static async Task AddFillAsync(SignalRows owner, AppFactory app, DateTime at, decimal profit)
    {
        await using var db = await owner.DatabaseAsync();
        var id = app.Get<SequentialIds>().Next();
        db.Add(
            new Fill
            {
                Id = id,
                UserId = owner.UserId,
                AccountId = owner.AccountId,
                OrderId = id,
                OwnerId = Guid.Empty,
                Symbol = "BTC/USDT",
                ExchangeTradeId = id.ToString(),
                Side = Core.Markets.OrderSide.Sell,
                Price = 100m,
                Quantity = 1m,
                Cost = 100m,
                At = at,
                StoredAt = at,
                RealizedProfit = profit,
            }
        );
        await db.SaveChangesAsync();
    }

    private async Task<(HttpClient Client, SignalRows Owner, AppFactory App)> StartAsync(string database)
    {
        var app = await databases.OnAsync(database);
        var owner = await SignalRows.NewAsync(app);
        await owner.SetPasswordAsync();
        return (await ApiClient.SignInAsync(app.Address, owner.Email), owner, app);
    }
}
