using System.Security.Cryptography;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders.Placement;
using ExEngine.Web.Components.Live;
using ExEngine.Web.Components.Parts.Values;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Web.Components.Pages.Orders;

public sealed partial class OrderTicketForm
{
    private readonly TicketModel _model = new();
    private readonly HashSet<string> _left = [];
    private IReadOnlyList<ExchangeAccount>? _accounts;
    private IReadOnlyList<AssetBalance> _balances = [];
    private MarketSet? _book;
    private PriceBoard? _board;
    private LivePrice _price;
    private TicketPreview _preview = TicketPreview.Of(new OrderInput(), null, null);
    private string? _refusal;
    private Guid _press;
    private bool _placing;
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

    private ExchangeAccount? Account => _accounts?.FirstOrDefault(a => a.Id == _model.AccountId);

    private Market? Market => _model.Symbol is { Length: > 0 } symbol ? _book?.Resolve(symbol).Market : null;

    private string? FreeAsset => _model.Side == OrderSide.Buy ? Market?.Quote : Market?.Base;

    private decimal? Free =>
        FreeAsset is { } asset && _balances.Count > 0 ? _balances.FirstOrDefault(b => b.Asset == asset)?.Free ?? 0 : null;

    private string Verb =>
        !_preview.CanPlace || Market is not { } market
            ? $"{_model.Side} {Market?.Base}".TrimEnd()
            : $"{_model.Side} {AmountText.Quantity(_preview.Input.Quantity!.Value, market)} {market.Base}";

    private IReadOnlyList<string> SymbolErrors =>
        Market is null && _model.Symbol is { Length: > 0 } symbol && _book?.Resolve(symbol).Refusal is { } refusal
            ? [refusal.Message]
            : Errors(nameof(OrderInput.Symbol));

    private string[] SizeErrors =>
        Errors(nameof(OrderInput.Quantity)) is { Length: > 0 } errors ? errors
        : _model.SizeIsCost ? Errors(nameof(OrderInput.Cost))
        : [];

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
        Watch();
    }

    private void Watch()
    {
        _board?.Show(Account is { } account && Market is { } market ? [(account.Exchange, market.Symbol)] : []);
        Look();
    }

    private void HearPrice()
    {
        var before = _price;
        Look();
        if (_price != before)
        {
            StateHasChanged();
        }
    }

    private void Change(Action change)
    {
        change();
        Look();
    }

    // The same rules that decide when it is placed.
    private void Look()
    {
        _price = Account is { } account && Market is { } market ? LivePrice.Of(Prices, account.Exchange, market.Symbol) : new(null, true);
        _preview = TicketPreview.Of(_model.Input(), Market, _price.IsStale ? null : _price.Last);
        _refusal = null;
    }

    private void Leave(string field) => _left.Add(field);

    private void TakeShare(int percent)
    {
        if (Free is not { } free || Market is not { } market)
        {
            return;
        }

        _model.SizeIsCost = _model.Side == OrderSide.Buy;
        var share = free * percent / 100m;
        _model.Size = NumberText.Write(_model.SizeIsCost ? decimal.Floor(share * 100) / 100 : market.QuantityIncrements.Down(share));
        Look();
    }

    private async Task PlaceAsync()
    {
        _left.UnionWith(_preview.Errors.Keys);
        if (_placing || !_preview.CanPlace)
        {
            return;
        }

        _placing = true;
        try
        {
            var (input, press) = (_preview.Input, _press);
            switch (await Task.Run(() => Service.PlaceAsync(UserId, press, input, CancellationToken.None)))
            {
                case OrderResult.Done done:
                    _press = Service.NewKey();
                    await Placed.InvokeAsync(done.Order.Id);
                    break;
                case OrderResult.Refused refused:
                    _refusal = refused.Refusal.Message;
                    break;
                case OrderResult.Invalid invalid:
                    _refusal = string.Join(" ", invalid.Errors.SelectMany(e => e.Value));
                    break;
                case OrderResult.NotFound:
                    _refusal = "The account is gone. Choose another one.";
                    break;
            }
        }
        catch (Exception e) when (DatabaseError.Is(e))
        {
            // The same press again places nothing twice, whatever became of this one.
            _refusal =
                "The database did not answer, so it is not certain whether the order was placed. Press again: it is placed once only.";
            Log.LogWarning(e, "An order could not be placed");
        }
        finally
        {
            _placing = false;
        }
    }

    // A rule of the market is told while typing; what is missing, only after the field was left.
    private string[] Errors(string field)
    {
        var refused = _preview.Refusal?.Field is "cost" or "" ? "quantity" : _preview.Refusal?.Field;
        return string.Equals(refused, field, StringComparison.OrdinalIgnoreCase) ? [_preview.Refusal!.Message]
            : _left.Contains(field) && _preview.Errors.TryGetValue(field, out var errors) ? errors
            : [];
    }
}
