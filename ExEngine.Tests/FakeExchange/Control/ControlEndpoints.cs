using ExEngine.Core.Text;
using ExEngine.Tests.FakeExchange.Dialect;
using ExEngine.Tests.FakeExchange.Faults;
using ExEngine.Tests.FakeExchange.Trading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ExEngine.Tests.FakeExchange.Control;

/// <summary>What tests may do to the exchange, under <c>/control</c>.</summary>
internal sealed class ControlEndpoints(Venue venue, Weights weights, FaultSwitches faults, PriceWalks walks)
{
    public void Map(IEndpointRouteBuilder app)
    {
        var control = app.MapGroup("/control").AddEndpointFilter(SayWhyAsync);
        control.MapGet("/ledger", (long after) => Results.Json(venue.Ledger.After(after), ExactJson.Options));
        control.MapGet("/balances", (string account) => Results.Json(Balances(account), ExactJson.Options));
        control.MapPost("/account", (HttpRequest r) => DoAsync<AccountWish>(r, OpenAccount));
        control.MapDelete("/key", (string key) => venue.Accounts.Revoke(key));
        control.MapPost("/market", (HttpRequest r) => DoAsync<FakeMarket>(r, venue.SetMarket));
        control.MapPost("/price", (string symbol, string price) => venue.SetPrice(symbol, Decimals.Parse(price)));
        control.MapPost("/candles", (HttpRequest r, string symbol) => DoAsync<FakeClose[]>(r, c => venue.SetCandles(symbol, c)));
        control.MapPost("/book", (HttpRequest r, string symbol) => DoAsync<FakeBook>(r, b => venue.SetBook(symbol, b)));
        control.MapPost("/walk", (HttpRequest r, string symbol) => DoAsync<FakeWalk>(r, w => walks.Set(symbol, w)));
        control.MapDelete("/walk", (string symbol) => walks.Set(symbol, null));
        control.MapPost("/clock", (int milliseconds) => venue.ClockOffset = TimeSpan.FromMilliseconds(milliseconds));
        control.MapPost("/lag", (int milliseconds) => venue.QueryLag = TimeSpan.FromMilliseconds(milliseconds));
        control.MapPost("/limits", (HttpRequest r) => DoAsync<FakeLimits>(r, weights.Set));
        control.MapPost("/end", (string account, string clientOrderId, bool forget) => venue.End(account, clientOrderId, forget));
        control.MapPost("/faults", (HttpRequest r) => DoAsync<FakeFault>(r, faults.Add));
        control.MapDelete("/faults", faults.Clear);
    }

    /// <summary>No fault is left, the clock is right, and nothing is limited or late. Accounts, orders and prices stay.</summary>
    public void Reset()
    {
        faults.Clear();
        weights.Set(new FakeLimits());
        (venue.ClockOffset, venue.QueryLag) = (TimeSpan.Zero, TimeSpan.Zero);
    }

    private static async ValueTask<object?> SayWhyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (RefusedException refused)
        {
            return Results.BadRequest(refused.Message);
        }
    }

    private static async Task DoAsync<T>(HttpRequest request, Action<T> act) =>
        await DoAsync<T>(
            request,
            value =>
            {
                act(value);
                return Results.NoContent();
            }
        );

    private static async Task<IResult> DoAsync<T>(HttpRequest request, Func<T, IResult> act) =>
        act((await request.ReadFromJsonAsync<T>(ExactJson.Options))!);

    private IResult OpenAccount(AccountWish wish) =>
        venue.Locked(() =>
        {
            var account = venue.Accounts.Open(wish.Account);
            account.Commission = wish.Commission ?? account.Commission;
            foreach (var (asset, amount) in wish.Balances)
            {
                account.Wallet.Credit(asset, amount);
                venue.Ledger.Add(
                    new LedgerEntry
                    {
                        Kind = LedgerKind.Deposit,
                        Account = account.Name,
                        Asset = asset,
                        Quantity = amount,
                    }
                );
            }

            if (wish.Rights is not { } rights)
            {
                return Results.NoContent();
            }

            if (wish.Key is { } known && venue.Accounts.Find(known) is { } key)
            {
                key.Rights = rights;
            }
            else
            {
                key = venue.Accounts.AddKey(account, rights, wish.Key, wish.Secret);
            }

            return Results.Json(new FakeKey(key.Key, key.Secret, account.Name), ExactJson.Options);
        });

    private Dictionary<string, FakeBalance> Balances(string account) =>
        venue.Locked(() => venue.Accounts[account].Wallet.All.ToDictionary(a => a.Asset, a => new FakeBalance(a.Free, a.Locked)));
}
