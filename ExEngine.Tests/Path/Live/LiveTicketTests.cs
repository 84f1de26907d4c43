using ExEngine.Core.Orders;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ExEngine.Tests.Path.Live;

/// <summary>
/// The ticket on a live account, whose exchange is the fake one: nothing goes there by one press, or by two that are one.
/// </summary>
[NeedsServer]
public sealed class LiveTicketTests(Browser browser) : IAsyncLifetime
{
    private readonly BrowserApp _app = new(browser);
    private FakeExchangeProcess _exchange = null!;

    public async ValueTask InitializeAsync()
    {
        Need.Node();
        _exchange = await FakeExchangeProcess.StartAsync();
        foreach (var (key, value) in LiveApp.Shortened)
        {
            _app.App[key] = value;
        }

        _app.App["Exchanges:binance:BaseUrl"] = _exchange.Address;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _exchange.DisposeAsync();
    }

    [Fact]
    public async Task SecondPress_NamesTheOrderAndPlacesItOnce()
    {
        await using var reader = await _app.SignInAsync(Look.WideDark);
        await AddAccountAsync(reader);
        var page = reader.Page;
        await reader.OpenAsync("/orders/new?symbol=BTC/USDT");
        await page.Locator("#ticket-account").SelectOptionAsync(new SelectOptionValue { Label = "Binance (binance, live)" });
        await page.GetByLabel("Quantity").FillAsync("0.001");

        // A double click is one press, and a press asks.
        await page.GetByRole(AriaRole.Button, new() { Name = "Buy 0.00100 BTC" }).DblClickAsync();
        await Expect(page.GetByText("This is a live account: the order goes to the exchange. Press again if you mean it."))
            .ToBeVisibleAsync();
        await Expect(Second("0.00100")).ToBeVisibleAsync();
        (await OrdersAsync(reader)).ShouldBeEmpty();

        // Another order is another question.
        await page.GetByLabel("Quantity").FillAsync("0.002");
        await Expect(page.GetByText("Press again if you mean it.")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Buy 0.00200 BTC" }).ClickAsync();
        await Expect(Second("0.00200")).ToBeVisibleAsync();
        (await OrdersAsync(reader)).ShouldBeEmpty();

        // Presses that come too soon after the question are part of the first.
        await Until.True(async () =>
        {
            await page.EvaluateAsync("document.querySelector('.place')?.click()");
            return await page.Locator(".drawer").CountAsync() > 0;
        });
        await Expect(page.Locator(".drawer .chip").First).ToHaveTextAsync("Filled");
        var order = (await OrdersAsync(reader)).ShouldHaveSingleItem();
        (order.Quantity, order.Status).ShouldBe((0.002m, OrderStatus.Filled));
        reader.Complaints.ShouldBeEmpty();

        ILocator Second(string quantity) =>
            page.GetByRole(
                AriaRole.Button,
                new() { NameRegex = new System.Text.RegularExpressions.Regex($"^Buy {quantity} BTC, live, about [0-9,.]+ USDT$") }
            );
    }

    private async Task AddAccountAsync(Reader reader)
    {
        var key = await _exchange.CreateAccountAsync(new Dictionary<string, decimal> { ["USDT"] = 1_000_000m });
        await reader.Rows.SetPasswordAsync();
        using var client = await ApiClient.SignInAsync(_app.App.Address, reader.Rows.Email);
        await DoorsApp.PostAsync(
            client,
            "/api/accounts",
            new
            {
                name = "Binance",
                exchange = "binance",
                mode = "live",
                apiKey = key.Key,
                secret = key.Secret,
            }
        );
        (await client.GetAsync(new Uri("/api/exchanges/binance/markets?search=BTC", UriKind.Relative))).EnsureSuccessStatusCode();
    }

    private static async Task<List<Order>> OrdersAsync(Reader reader)
    {
        await using var db = await reader.Rows.DatabaseAsync();
        return await db.Orders.AsNoTracking().Where(o => o.UserId == reader.Rows.UserId).ToListAsync();
    }
}
