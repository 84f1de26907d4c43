using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Indicators;
using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Bots.Starts;
using ExEngine.Core.Data;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Web.Components.Live;
using ExEngine.Web.Components.Parts.Values;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Web.Components.Pages.BotEditor;

public sealed partial class BotEditor : IDisposable
{
    private static readonly (string Kind, string Word)[] Kinds =
    [
        (BotDraft.GridKind, "Grid"),
        (BotDraft.DcaKind, "DCA"),
        (BotDraft.RecurringKind, "Recurring buys"),
    ];

    private readonly EditorModel _model = new();
    private readonly HashSet<string> _left = [];
    private TypedForm _form = default!;
    private IReadOnlyList<ExchangeAccount>? _accounts;
    private IReadOnlyList<AssetBalance>? _balances;
    private MarketSet? _book;
    private BotGround? _ground;
    private BotContext? _context;
    private BotOutlook? _outlook;
    private PriceBoard? _board;
    private StartLook? _start;
    private IDisposable? _candles;
    private IReadOnlyDictionary<string, string[]> _errors = new Dictionary<string, string[]>();
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private string _settings = "{}";
    private string? _symbol;
    private string? _symbolProblem;
    private string? _name;
    private string? _waits;
    private string? _refused;
    private Guid _accountId;
    private int _opened;
    private bool _pressed;
    private bool _pressing;
    private bool _unread;

    [Inject]
    private IDbContextFactory<AppDb> Databases { get; set; } = default!;

    [Inject]
    private MarketCatalog Catalog { get; set; } = default!;

    [Inject]
    private BotGrounds Grounds { get; set; } = default!;

    [Inject]
    private PriceFeed Prices { get; set; } = default!;

    [Inject]
    private StartWatch Starts { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private ILogger<BotEditor> Log { get; set; } = default!;

    [Parameter, EditorRequired]
    public Guid UserId { get; set; }

    /// <summary>What it begins with; null for a new bot. They are read once.</summary>
    [Parameter]
    public string? Kind { get; set; }

    [Parameter]
    public string? Name { get; set; }

    [Parameter]
    public Guid? AccountId { get; set; }

    [Parameter]
    public string? Symbol { get; set; }

    /// <summary>JSON.</summary>
    [Parameter]
    public string? Settings { get; set; }

    /// <summary>Kind, account and symbol stay: it is an edit.</summary>
    [Parameter]
    public bool Locked { get; set; }

    /// <summary>Problems of the market and the balance do not hold the button: nothing is sent.</summary>
    [Parameter]
    public bool IsTrial { get; set; }

    /// <summary>The word of the button.</summary>
    [Parameter]
    public string Verb { get; set; } = "Save";

    /// <summary>It was pressed and everything is right. The answer is why it is refused, or null when it is done.</summary>
    [Parameter, EditorRequired]
    public Func<BotAnswer, Task<string?>> Submitted { get; set; } = default!;

    /// <summary>Further fields of the page, above the settings.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private ExchangeAccount? Account => _accounts?.FirstOrDefault(a => a.Id == _accountId);

    private IReadOnlyList<string> SymbolErrors => _symbolProblem is { } problem && (_symbol is not null || _pressed) ? [problem] : [];

    private string? SymbolHelp =>
        _ground is { } ground && _context?.Price is { } price
            ? $"Last {AmountText.Price(price, ground.Market)} {ground.Market.Quote}"
                + (ground.Market.MinNotional is { } least ? $"; an order costs at least {AmountText.Exact(least)}." : ".")
            : null;

    private string NamePlaceholder => $"{_model.Kind.ToUpperInvariant()} {_ground?.Market.Symbol ?? _symbol}";

    // Of fields that are not in the form, such as a setting that only the JSON has.
    private IEnumerable<string> OtherErrors =>
        _pressed ? _errors.Where(e => !_model.Sections.SelectMany(s => s.Fields).Any(f => IsOf(f, e.Key))).SelectMany(e => e.Value) : [];

    public void Dispose()
    {
        _board?.Dispose();
        _candles?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _model.Open(Kind ?? BotDraft.GridKind, Settings);
        (_symbol, _name) = (Symbol, Name);
        await OpenAsync();
    }

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

        _accountId = _accounts.FirstOrDefault(a => a.Id == AccountId)?.Id ?? (_accounts.Count > 0 ? _accounts[0].Id : Guid.Empty);
        if (RendererInfo.IsInteractive)
        {
            _board = new PriceBoard(Prices, Clock, () => InvokeAsync(Hear));
        }

        await GroundAsync();
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

    // Account or symbol have changed.
    private async Task GroundAsync()
    {
        if (Account is not { } account)
        {
            return;
        }

        (_ground, _balances, _outlook, _symbolProblem) = (null, null, null, null);
        _book = await Task.Run(() => Catalog.FindAsync(account.Exchange, CancellationToken.None).AsTask());
        if (_symbol is not null)
        {
            var found = await Grounds.OfAsync(account, _symbol, CancellationToken.None);
            _ground = (found as BotGroundResult.Found)?.Ground;
            _symbolProblem = (found as BotGroundResult.Invalid)?.Errors.Values.First()[0];
        }
        else
        {
            _symbolProblem = "Choose a symbol.";
        }

        _candles?.Dispose();
        _candles = RendererInfo.IsInteractive ? Starts.Watch(account.Exchange, () => InvokeAsync(HearCandles)) : null;
        _board?.Show(_ground is { } shown ? [(account.Exchange, shown.Market.Symbol)] : []);
        if (_ground is not null && RendererInfo.IsInteractive)
        {
            // The exchange may take its time; the form does not wait for it.
            _ = AskAsync(account, _ground.Market.Symbol);
        }

        Look();
    }

    private async Task AskAsync(ExchangeAccount account, string symbol)
    {
        try
        {
            var price = Prices.GetAsync(account.Exchange, symbol, CancellationToken.None).AsTask();
            var (balances, _) = await Task.Run(() => Grounds.BalancesAsync(account, CancellationToken.None));
            await price;
            await InvokeAsync(() =>
            {
                if (account == Account)
                {
                    _balances = balances;
                    Look();
                    Begin();
                    StateHasChanged();
                }
            });
        }
        catch (Exception e) when (DatabaseError.Is(e) || e is ObjectDisposedException)
        {
            Log.LogWarning("Price or balances of account {Account} could not be read: {Reason}", account.Id, e.Message);
        }
    }

    // A new grid begins around the price.
    private void Begin()
    {
        if (_ground is { } ground && _context?.Price is { } price && _model.Kind == BotDraft.GridKind && Settings is null)
        {
            if (string.IsNullOrEmpty(_model["lower"]) && string.IsNullOrEmpty(_model["upper"]))
            {
                var steps = ground.Market.PriceIncrements;
                _model["lower"] = steps.Text(steps.Down(price * 0.9m));
                _model["upper"] = steps.Text(steps.Down(price * 1.1m));
                Look();
            }
        }
    }

    private Task ChooseSymbolAsync(string? symbol)
    {
        _symbol = symbol;
        if (Settings is null && _model.Kind == BotDraft.GridKind)
        {
            (_model["lower"], _model["upper"]) = (null, null);
        }

        return GroundAsync();
    }

    private void ChooseKind(string kind)
    {
        if (kind == _model.Kind)
        {
            return;
        }

        _model.Open(kind, kind == Kind ? Settings : null);
        _opened++;
        _left.Clear();
        _pressed = false;
        Look();
        Begin();
    }

    private void Type(EditorField field, string? value)
    {
        _model[field.Path] = value;
        _refused = null;
        Look();
    }

    private void HearCandles()
    {
        if (_start is not null)
        {
            Look();
            StateHasChanged();
        }
    }

    private void Hear()
    {
        // Only the first price is waited for; later ones are taken with the next key, so that the table can be read.
        if (_context is { Price: null })
        {
            Look();
            Begin();
            StateHasChanged();
        }
    }
}
