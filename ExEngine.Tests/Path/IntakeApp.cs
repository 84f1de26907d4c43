using System.Net.Http.Json;
using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Tests.Path;

/// <summary>Traders with doors in one application.</summary>
public sealed class IntakeApp(AppFactory app)
{
    public AppFactory App => app;

    /// <summary>A native alert that every check lets pass.</summary>
    public static string Alert(string id, string price = "60000.10", string quantity = "0.001", string amount = "60.0001") =>
        $$"""
            {"exchange":"binance","symbol":"BTC/USDT","action":"buy","order_type":"limit","trade_price":"{{price}}",
             "trade_quantity":"{{quantity}}","order_amount":"{{amount}}","id":"{{id}}"}
            """;

    /// <returns>The trader, new unless given, and the sender that knows the trader's new door.</returns>
    internal async Task<(HttpClient Trader, Sender Door)> DoorAsync(string auth, HttpClient? trader = null, object? more = null)
    {
        trader ??= await ApiClient.SignUpAsync(app.Address, $"{Guid.NewGuid():N}@example.org");
        return (trader, Sender.At(await DoorsApp.WebhookAsync(trader, auth, more), app.Address, auth));
    }

    public async Task<List<Signal>> RowsAsync(HttpClient trader)
    {
        var ids = (await trader.GetFromJsonAsync<JsonElement>("/api/webhooks"))
            .GetProperty("items")
            .EnumerateArray()
            .Select(w => w.GetProperty("id").GetGuid())
            .ToList();
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        return await db.Signals.Where(s => ids.Contains(s.WebhookId)).AsNoTracking().ToListAsync();
    }
}
