using System.Text.Json.Nodes;
using ExEngine.Tests.FakeExchange.Trading;

namespace ExEngine.Tests.FakeExchange.Dialect;

/// <summary>Placing, cancelling and asking for orders.</summary>
internal sealed class OrderEndpoints(Venue venue)
{
    private static readonly string[] Which = ["symbol", "orderId", "origClientOrderId"];
    private static readonly string[] Kinds = ["ACK", "RESULT", "FULL"];

    public IEnumerable<Endpoint> All =>
        [
            new("POST", "/api/v3/order", EndpointKind.Place, OrderParameters.Names, _ => 1, Place),
            new("POST", "/api/v3/order/test", EndpointKind.Query, OrderParameters.Names, _ => 1, Test),
            new("GET", "/api/v3/order", EndpointKind.Query, Which, _ => 4, Ask),
            new("DELETE", "/api/v3/order", EndpointKind.Cancel, [.. Which, "newClientOrderId", "cancelRestrictions"], _ => 1, Cancel),
            new("GET", "/api/v3/openOrders", EndpointKind.Query, ["symbol"], p => p["symbol"] is null ? 80 : 6, Open),
            new("DELETE", "/api/v3/openOrders", EndpointKind.Cancel, ["symbol"], _ => 1, CancelAll),
            new("GET", "/api/v3/allOrders", EndpointKind.Query, ["symbol", "orderId", "startTime", "endTime", "limit"], _ => 20, Ever),
        ];

    private JsonObject Place(FakeRequest request)
    {
        var kind = ResponseKind(request.Parameters);
        return venue.Locked(() =>
        {
            var order = OrderParameters.Read(request.Parameters, venue.BookUnderLock(request.Parameters.Text("symbol")));
            return OrderJson.Placed(venue.PlaceUnderLock(request.Account, order), kind);
        });
    }

    private JsonObject Test(FakeRequest request) =>
        venue.Locked(() =>
        {
            var book = venue.BookUnderLock(request.Parameters.Text("symbol"));
            OrderChecks.Check(request.Account, OrderParameters.Read(request.Parameters, book), book);
            return new JsonObject();
        });

    private JsonObject Ask(FakeRequest request) =>
        venue.Locked(() =>
        {
            var order = Find(request);
            return order is not null && venue.IsVisible(order) ? OrderJson.Asked(order) : throw RefusedException.NoOrder();
        });

    private JsonObject Cancel(FakeRequest request) =>
        venue.Locked(() =>
        {
            var order = Find(request);
            if (order is not { IsOpen: true })
            {
                throw RefusedException.NothingToCancel();
            }

            var only = request.Parameters["cancelRestrictions"];
            if (only is not null && !only.EndsWith("ONLY_" + order.Status, StringComparison.Ordinal))
            {
                throw new RefusedException(400, -2011, "Order was not canceled due to cancel restrictions.");
            }

            venue.CancelUnderLock(order);
            return OrderJson.Cancelled(order, request.Parameters["newClientOrderId"]);
        });

    private JsonArray CancelAll(FakeRequest request) =>
        venue.Locked(() =>
        {
            var symbol = venue.BookUnderLock(request.Parameters.Text("symbol")).Market.Id;
            var open = request.Account.Open.Where(o => o.Request.Symbol == symbol).OrderBy(o => o.Id).ToList();
            if (open.Count == 0)
            {
                throw RefusedException.NothingToCancel();
            }

            open.ForEach(venue.CancelUnderLock);
            return Json(open.Select(o => OrderJson.Cancelled(o, null)));
        });

    private JsonArray Open(FakeRequest request) =>
        venue.Locked(() =>
        {
            var symbol = request.Parameters["symbol"] is { } name ? venue.BookUnderLock(name).Market.Id : null;
            return Json(
                request
                    .Account.Open.Where(o => (symbol ?? o.Request.Symbol) == o.Request.Symbol && venue.IsVisible(o))
                    .OrderBy(o => o.Id)
                    .Select(OrderJson.Asked)
            );
        });

    private JsonArray Ever(FakeRequest request) =>
        venue.Locked(() =>
        {
            var sent = request.Parameters;
            var (from, to) = Period.Read(sent);
            var symbol = venue.BookUnderLock(sent.Text("symbol")).Market.Id;
            var first = sent.Whole("orderId");
            var found = request.Account.Orders.Where(o =>
                o.Request.Symbol == symbol
                && venue.IsVisible(o)
                && o.Id >= (first ?? 0)
                && o.At.ToUnixTimeMilliseconds() >= (from ?? 0)
                && o.At.ToUnixTimeMilliseconds() <= (to ?? long.MaxValue)
            );
            var limit = sent.Limit(500, 1_000);
            return Json((first is null && from is null ? found.TakeLast(limit) : found.Take(limit)).Select(OrderJson.Asked));
        });

    // The order id is looked up first; a client id beside it must be that order's.
    private FakeOrder? Find(FakeRequest request)
    {
        var sent = request.Parameters;
        var symbol = venue.BookUnderLock(sent.Text("symbol")).Market.Id;
        var (id, clientId) = (sent.Whole("orderId"), sent["origClientOrderId"]);
        if (id is null && clientId is null)
        {
            throw RefusedException.Bad(-1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!");
        }

        var order = id is { } number ? request.Account.Find(number) : request.Account.Find(clientId!);
        return order?.Request.Symbol == symbol && (clientId ?? order.Request.ClientOrderId) == order.Request.ClientOrderId ? order : null;
    }

    private static string ResponseKind(Parameters sent)
    {
        var kind = sent["newOrderRespType"] ?? (sent["type"] is "MARKET" or "LIMIT" ? "FULL" : "ACK");
        return Kinds.Contains(kind) ? kind : throw RefusedException.Bad(-1136, "Invalid newOrderRespType.");
    }

    private static JsonArray Json(IEnumerable<JsonObject> items) => new([.. items]);
}
