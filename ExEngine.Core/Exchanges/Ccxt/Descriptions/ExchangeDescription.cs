namespace ExEngine.Core.Exchanges.Ccxt.Descriptions;

/// <summary>
/// What is true of one exchange and CCXT does not state, or not reliably: an entry of <c>described</c> in <c>gateway/exchanges.json</c>,
/// the
/// one place for such facts, read here and by the gateway (<c>descriptions.mjs</c>). An exchange without an entry is as CCXT says.
/// </summary>
/// <remarks>
/// <c>"like": "binance"</c> takes over what that exchange's entry says; a key that is stated too replaces it, null takes it away. Only
/// <see cref="Codes"/> are added up, and a code that is stated again means what the newer entry says.
/// </remarks>
public sealed record ExchangeDescription
{
    public static ExchangeDescription Nothing { get; } = new();

    /// <summary>
    /// Whether stop orders rest there: the gateway sends them, and they keep their id and client id once they are triggered. CCXT's own
    /// word (<c>features.spot.createOrder.stopLossPrice</c>) is wider: it also means those that turn into another order, which would be
    /// lost here. Elsewhere the engine watches stops itself.
    /// </summary>
    public bool Stops { get; init; }

    /// <summary>
    /// Limit orders can be post-only there, by CCXT's <c>postOnly</c>; elsewhere such an order is refused before it is sent.
    /// </summary>
    public bool PostOnly { get; init; }

    /// <summary>Market buys state a quantity, though CCXT says that they need a cost.</summary>
    public bool MarketBuysByQuantity { get; init; }

    /// <summary>
    /// But not those of its classic accounts, which state a cost; CCXT's <c>isUnifiedEnabled</c> tells of which kind an account is.
    /// </summary>
    public bool ClassicCostBuys { get; init; }

    /// <summary>
    /// What it calls the cost of a market buy, where those are sent by their cost: without it none is sent. Stated once it is known from
    /// its documentation, because CCXT sends the cost as a quantity at some exchanges; the gateway looks for it in every such order.
    /// </summary>
    public string? CostAs { get; init; }

    /// <summary>Costs lie on the step of quantities, though CCXT's <c>costToPrecision</c> says otherwise.</summary>
    public bool CostsOnQuantityStep { get; init; }

    /// <summary>Its own word for a client id, where CCXT makes one up in the place of the <c>clientOrderId</c> that it is given.</summary>
    public string? ClientIdAs { get; init; }

    /// <summary>
    /// What client ids begin with there, where 32 characters are too many: the gateway sends ours shorter, and reads them back.
    /// </summary>
    public string? ShortClientIds { get; init; }

    /// <summary>An order can be cancelled by our client id, before its own id is known.</summary>
    public bool CancelByClientId { get; init; }

    /// <summary>How an order is looked up by our client id; without it, lists are searched.</summary>
    public ClientIdSearch? FindByClientId { get; init; }

    /// <summary>False where CCXT's <c>fetchOrder</c> sees recent orders only, so that lists are asked even when the id is known.</summary>
    public bool FindById { get; init; } = true;

    /// <summary>False where CCXT's <c>fetchOrderTrades</c> is not to be had or not whole; the account's trades are read instead.</summary>
    public bool TradesOfOrder { get; init; } = true;

    /// <summary>An order names its trades, and CCXT's <c>fetchOrderTrades</c> asks for them by these names.</summary>
    public bool TradesNamedByOrder { get; init; }

    /// <summary>How long its lists are.</summary>
    public ListPages Pages { get; init; } = new();

    /// <summary>The method of CCXT that learns what an account's first order would otherwise wait for.</summary>
    public string? Warm { get; init; }

    /// <summary>
    /// The call that tells what a key may do, by its name in the gateway's <c>readings.mjs</c>. Without it a key is only shown to work.
    /// </summary>
    public string? KeyRights { get; init; }

    /// <summary>
    /// Symbols in one question for prices, at most; without it, any number. Binance weighs a question about 21 symbols like one about a
    /// hundred, which is twenty times as much as one about 20.
    /// </summary>
    public int? TickersAtOnce { get; init; }

    /// <summary>
    /// Questions that cost less of its allowance than CCXT counts. Binance weighs the trades of one order 5, and those of a symbol 20;
    /// prices of up to <see cref="TickersAtOnce"/> named symbols 2, and those of all 80. Counted as CCXT does, one question for prices a
    /// second would leave a fifth of the allowance for everything else.
    /// </summary>
    public IReadOnlyList<LighterCost> LighterCosts { get; init; } = [];

    /// <summary>Where its answers say when to ask again, besides <c>Retry-After</c>.</summary>
    public RetryHeaders RetryHeaders { get; init; } = new();

    /// <summary>Steps that its class in CCXT rounds to, other than the precision mode says.</summary>
    public StepExceptions? Precision { get; init; }

    /// <summary>
    /// Its price tick grows with the price, and CCXT states none of the steps: prices off it are refused by the exchange only.
    /// </summary>
    public bool PriceTicksByLevel { get; init; }

    /// <summary>
    /// Codes that mean several things, told apart by the text; the first that fits counts, and before <see cref="Codes"/>.
    /// </summary>
    public IReadOnlyList<CodeMessage> Messages { get; init; } = [];

    /// <summary>What its own codes mean.</summary>
    public ExchangeCodes Codes { get; init; } = new();
}
