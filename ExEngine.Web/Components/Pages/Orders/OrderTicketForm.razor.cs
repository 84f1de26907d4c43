using System.Security.Cryptography;
using System.Text.Json;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Protection;
using ExEngine.Core.Risk;
using ExEngine.Web.Components.Live;
using ExEngine.Web.Components.Parts.Values;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.JSInterop;

namespace ExEngine.Web.Components.Pages.Orders;

public sealed partial class OrderTicketForm
{
    /// <summary>What a reload keeps in the browser is called so.</summary>
    private const string Kept = "ticket";

    private readonly TicketModel _model = new();
    private readonly HashSet<string> _left = [];
    private IReadOnlyList<ExchangeAccount>? _accounts;
    private IReadOnlyList<AssetBalance> _balances = [];
    private MarketSet? _book;
    private PriceBoard? _board;
    private LivePrice _price;
    private Ticker? _ticker;
    private TicketPreview _preview = TicketPreview.Of(new OrderInput(), new(), null, null);
    private TypedForm _form = default!;
    private NumberFields _numbers = new();
    private TradingState _state;
    private bool _unread;

    [Parameter, EditorRequired]
    public Guid UserId { get; set; }

    /// <summary>What the fields start with.</summary>
    [Parameter]
    public TicketStart Start { get; set; } = new();

    /// <summary>The order was placed.</summary>
    [Parameter]
    public EventCallback<Guid> Placed { get; set; }

    [Parameter]
    public EventCallback Cancelled { get; set; }

    /// <summary>What a chart beside the form shows has changed; null while no market is chosen.</summary>
    [Parameter]
    public EventCallback<TicketView?> Viewed { get; set; }

    private ExchangeAccount? Account => _accounts?.FirstOrDefault(a => a.Id == _model.AccountId);

    private Market? Market => _model.Symbol is { Length: > 0 } symbol ? _book?.Resolve(symbol).Market : null;

    private string? FreeAsset => _model.Side == OrderSide.Buy ? Market?.Quote : Market?.Base;

    private decimal? Free =>
        FreeAsset is { } asset && _balances.Count > 0 ? _balances.FirstOrDefault(b => b.Asset == asset)?.Free ?? 0 : null;

    private IReadOnlyList<string> SymbolErrors =>
        Market is null && _model.Symbol is { Length: > 0 } symbol && _book?.Resolve(symbol).Refusal is { } refusal
            ? [SaidText.Of(refusal.Message)]
            : Errors(nameof(OrderInput.Symbol));

    // A rule that the size breaks is told at the field that counts.
    private string[] QuantityErrors => _model.TotalCounts ? [] : Errors(nameof(OrderInput.Quantity));

    // No market is near what is left out here, and distances from it could not be counted.
    private decimal? Entry
    {
        get
        {
            var order = new OrderDraft
            {
                Side = OrderSide.Buy,
                Type = _model.Type,
                Price = _preview.Input.Price,
                StopPrice = _preview.Input.StopPrice,
            };
            return EntrySides.Expected(order, _price.IsStale ? null : _price.Last) is < 1e15m and var entry ? entry : null;
        }
    }

    private string[] TotalErrors => _model.TotalCounts ? Errors(nameof(OrderInput.Cost)) : [];

    public void Dispose() => _board?.Dispose();

    protected override Task OnInitializedAsync() => OpenAsync();

    private async Task OpenAsync()
    {
        try
        {
            _accounts = await Task.Run(ReadAccountsAsync);
            _unread = false;
        }
        catch (Exception e) when (DatabaseError.Is(e))
        {
            _unread = true;
            Log.LogWarning(e, "Could not read the accounts");
            return;
        }

        _model.AccountId = _accounts.FirstOrDefault(a => a.Id == Start.AccountId)?.Id ?? (_accounts.Count > 0 ? _accounts[0].Id : null);
        (_model.Symbol, _model.Side, _press) = (Start.Symbol, Start.Side ?? OrderSide.Buy, Service.NewKey());
        if (RendererInfo.IsInteractive)
        {
            if (await Script.InvokeAsync<string?>("typing.kept", Kept) is { } kept)
            {
                _model.Restore(JsonSerializer.Deserialize<Dictionary<string, string>>(kept) ?? [], _accounts.Select(a => a.Id));
            }

            _board = new PriceBoard(Prices, Clock, () => InvokeAsync(HearPrice));
        }

        await ChooseAccountAsync();
    }

    private async Task<IReadOnlyList<ExchangeAccount>> ReadAccountsAsync()
    {
        await using var db = await Databases.CreateDbContextAsync();
        return await db
            .ExchangeAccounts.AsNoTracking()
            .Where(a => a.UserId == UserId && a.DeletedAt == null)
            .OrderBy(a => a.NormalizedName)
            .ToListAsync();
    }

    private Task ChangeAccountAsync()
    {
        Edit();
        return ChooseAccountAsync();
    }

    private async Task ChooseAccountAsync()
    {
        if (Account is not { } account)
        {
            return;
        }

        (_book, _balances) = (null, []);
        var marketSet = await Task.Run(() => Catalog.FindAsync(account.Exchange, CancellationToken.None).AsTask());
        if (account == Account)
        {
            _book = marketSet;
            Watch();
        }

        // The exchange may take its time; the form does not wait for it.
        if (RendererInfo.IsInteractive)
        {
            _ = ReadBalancesAsync(account);
        }
    }

    private async Task ReadBalancesAsync(ExchangeAccount account)
    {
        try
        {
            var answer = await Task.Run(() => Exchanges.Of(account).BalancesAsync(CancellationToken.None));
            await InvokeAsync(() =>
            {
                if (account == Account)
                {
                    _balances = answer.Value ?? [];
                    StateHasChanged();
                }
            });
        }
        catch (Exception e) when (DatabaseError.Is(e) || e is CryptographicException or ObjectDisposedException)
        {
            Log.LogWarning("The balances of account {Account} could not be read: {Reason}", account.Id, e.Message);
        }
    }

    private void ChooseSymbol(string? symbol)
    {
        _model.Symbol = symbol;
        Edit();
        Watch();
    }

    private void Watch()
    {
        _board?.Show(Account is { } account && Market is { } market ? [(account.Exchange, market.Symbol)] : []);
        Look();
    }

    private void HearPrice()
    {
        var before = (_price, _ticker);
        Look();
        if ((_price, _ticker) != before)
        {
            StateHasChanged();
        }
    }

    private void Change(Action change)
    {
        change();
        Edit();
    }

    private void TypeQuantity(string? text) => Change(() => (_model.Quantity, _model.TotalCounts) = (text, false));

    private void TypeTotal(string? text) => Change(() => (_model.Total, _model.TotalCounts) = (text, true));

    private void TakePrice(decimal price) =>
        Change(() => _model.Price = Market is { } market ? NumberText.Write(price, market.PriceIncrements) : null);

    // What was refused and what was asked was about another order; a new price alone does not take it away.
    private void Edit()
    {
        (_refusal, _askedAt) = (null, null);
        Look();
    }

    // The same rules that decide when it is placed.
    private void Look()
    {
        (_price, _ticker) =
            Account is { } account && Market is { } market
                ? (LivePrice.Of(Prices, account.Exchange, market.Symbol), Prices.Last(account.Exchange, market.Symbol))
                : (new(null, true), null);
        _numbers = new();
        var (input, protection) = (_model.Input(_numbers), _model.Protection(_numbers));
        _preview = TicketPreview.Of(input, _numbers, Market, _price.IsStale ? null : _price.Last, protection);
        _model.Follow(_preview, Market);
        if (Viewed.HasDelegate)
        {
            _ = Viewed.InvokeAsync(Market is { } shown ? TicketView.Of(_preview, shown, _price.Last, Entry) : null);
        }
    }

    private void Leave(string field) => _left.Add(field);

    private void TakeShare(int percent)
    {
        if (Free is not { } free || Market is not { } market)
        {
            return;
        }

        var share = free * percent / 100m;
        if (_model.Side == OrderSide.Buy)
        {
            TypeTotal(NumberText.Write(decimal.Floor(share * 100) / 100));
        }
        else
        {
            TypeQuantity(NumberText.Write(market.QuantityIncrements.Down(share), market.QuantityIncrements));
        }
    }

    // What cannot be is told while typing; that a stop or target is on the wrong side, too.
    private string[] ProtectionErrors(string field)
    {
        var refused = _preview.Refusal?.Field == (field.Contains("StopLoss", StringComparison.Ordinal) ? "stopLoss" : "takeProfits");
        return _preview.Errors.TryGetValue(field, out var errors) ? errors
            : refused && !field.EndsWith("TrailingPercent", StringComparison.Ordinal) ? [SaidText.Of(_preview.Refusal!.Message)]
            : [];
    }

    // A rule of the market is told while typing; what is missing, only after the field was left.
    private string[] Errors(string field)
    {
        var refused = _preview.Refusal?.Field is "cost" or "quantity" or ""
            ? (_model.TotalCounts ? nameof(OrderInput.Cost) : nameof(OrderInput.Quantity))
            : _preview.Refusal?.Field;
        return string.Equals(refused, field, StringComparison.OrdinalIgnoreCase) ? [SaidText.Of(_preview.Refusal!.Message)]
            : _preview.Errors.TryGetValue(field, out var errors) && (_left.Contains(field) || _numbers.Problems.ContainsKey(field)) ? errors
            : [];
    }
}
