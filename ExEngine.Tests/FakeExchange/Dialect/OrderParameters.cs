using System.Security.Cryptography;
using System.Text.RegularExpressions;
using ExEngine.Tests.FakeExchange.Trading;

namespace ExEngine.Tests.FakeExchange.Dialect;

/// <summary>The parameters of a new order, checked for shape and for what its type must and must not have.</summary>
internal static partial class OrderParameters
{
    public static readonly string[] Names =
    [
        "symbol",
        "side",
        "type",
        "timeInForce",
        "quantity",
        "quoteOrderQty",
        "price",
        "newClientOrderId",
        "stopPrice",
        "newOrderRespType",
        "selfTradePreventionMode",
    ];

    /// <exception cref="RefusedException">The first parameter that is missing, too much or not well-formed.</exception>
    public static OrderRequest Read(Parameters sent, Book book)
    {
        var side = sent.Word<FakeSide>("side", -1117, "Invalid side.") ?? throw Parameters.Missing("side");
        var type = sent.Word<FakeOrderType>("type", -1116, "Invalid orderType.") ?? throw Parameters.Missing("type");
        var request = new OrderRequest(book.Market.Id, side, type, sent.Matching("newClientOrderId", ClientId()) ?? NewClientId())
        {
            TimeInForce = sent.Word<FakeTimeInForce>("timeInForce", -1115, "Invalid timeInForce.") ?? FakeTimeInForce.GTC,
            Quantity = Positive("quantity", "Invalid quantity.", book.Rules.BasePrecision),
            QuoteQuantity = Positive("quoteOrderQty", "Invalid quote order qty.", book.Rules.QuotePrecision),
            Price = Positive("price", "Invalid price.", book.Rules.QuotePrecision),
            StopPrice = Positive("stopPrice", "Invalid stop price.", book.Rules.QuotePrecision),
        };
        CheckCombination(sent, request);
        return request;

        decimal? Positive(string name, string otherwise, int places) =>
            sent.Number(name, places) is { } value && value == 0 ? throw RefusedException.Bad(-1013, otherwise) : sent.Number(name, places);
    }

    public static string NewClientId() => RandomNumberGenerator.GetHexString(22);

    private static void CheckCombination(Parameters sent, OrderRequest request)
    {
        var stops =
            request.Type
            is FakeOrderType.STOP_LOSS
                or FakeOrderType.STOP_LOSS_LIMIT
                or FakeOrderType.TAKE_PROFIT
                or FakeOrderType.TAKE_PROFIT_LIMIT;
        Need("stopPrice", stops);
        Need("price", !request.IsMarket);
        Need("timeInForce", !request.IsMarket && request.Type != FakeOrderType.LIMIT_MAKER);
        if (request.Type != FakeOrderType.MARKET)
        {
            Need("quantity", true);
            Need("quoteOrderQty", false);
        }
        else if (request.Quantity is null == request.QuoteQuantity is null)
        {
            throw request.Quantity is null
                ? RefusedException.Bad(-1102, "Param 'quantity' or 'quoteOrderQty' must be sent, but both were empty/null!")
                : RefusedException.Bad(-1128, "Combination of optional parameters invalid.");
        }

        void Need(string name, bool needed)
        {
            if (needed != sent[name] is not null)
            {
                throw needed ? Parameters.Missing(name) : RefusedException.Bad(-1106, $"Parameter '{name}' sent when not required.");
            }
        }
    }

    [GeneratedRegex(@"^[\.A-Z\:/a-z0-9_-]{1,36}$")]
    private static partial Regex ClientId();
}
