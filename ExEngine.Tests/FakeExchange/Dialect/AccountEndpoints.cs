using System.Text.Json.Nodes;
using ExEngine.Tests.FakeExchange.Trading;

namespace ExEngine.Tests.FakeExchange.Dialect;

/// <summary>What belongs to the account of an API key: balances, trades, rights.</summary>
internal sealed class AccountEndpoints(Venue venue)
{
    private static readonly string[] TradeNames = ["symbol", "orderId", "startTime", "endTime", "fromId", "limit"];

    public IEnumerable<Endpoint> All =>
        [
            new("GET", "/api/v3/account", EndpointKind.Query, ["omitZeroBalances"], _ => 20, Account),
            new("GET", "/api/v3/myTrades", EndpointKind.Trades, TradeNames, p => p["orderId"] is null ? 20 : 5, Trades),
            new("GET", "/api/v3/account/commission", EndpointKind.Query, ["symbol"], _ => 20, Commission),
            new("GET", "/sapi/v1/account/apiRestrictions", EndpointKind.Query, [], _ => 1, Rights),
            new("GET", "/sapi/v1/account/status", EndpointKind.Query, [], _ => 1, _ => new JsonObject { ["data"] = "Normal" }),
            new("GET", "/sapi/v1/capital/config/getall", EndpointKind.Query, [], _ => 10, Coins),
            new("GET", "/sapi/v1/asset/tradeFee", EndpointKind.Query, ["symbol"], _ => 1, TradeFees),
            new("GET", "/sapi/v1/margin/allPairs", EndpointKind.Query, [], _ => 1, _ => new JsonArray()),
            new("GET", "/sapi/v1/margin/isolated/allPairs", EndpointKind.Query, [], _ => 1, _ => new JsonArray()),
        ];

    private JsonObject Account(FakeRequest request) =>
        venue.Locked(() =>
        {
            var (terms, rights) = (request.Account.Commission, request.Key!.Rights);
            var held = request.Account.Wallet.All.Where(a => request.Parameters["omitZeroBalances"] != "true" || a.Free + a.Locked > 0);
            return new JsonObject
            {
                ["makerCommission"] = (int)(terms.Maker * 10_000),
                ["takerCommission"] = (int)(terms.Taker * 10_000),
                ["buyerCommission"] = 0,
                ["sellerCommission"] = 0,
                ["commissionRates"] = Rates(terms),
                ["canTrade"] = true,
                ["canWithdraw"] = true,
                ["canDeposit"] = true,
                ["brokered"] = false,
                ["requireSelfTradePrevention"] = false,
                ["preventSor"] = false,
                ["updateTime"] = venue.Now.ToUnixTimeMilliseconds(),
                ["accountType"] = "SPOT",
                ["balances"] = new JsonArray([
                    .. held.Select(a =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["asset"] = a.Asset,
                                ["free"] = Decimals.Text(a.Free),
                                ["locked"] = Decimals.Text(a.Locked),
                            }
                    ),
                ]),
                ["permissions"] = new JsonArray("SPOT"),
                ["uid"] = request.Account.Uid,
            };
        });

    // Binance knows only these combinations: symbol; +orderId; +startTime; +endTime; +both; +fromId; +orderId+fromId.
    private JsonArray Trades(FakeRequest request) =>
        venue.Locked(() =>
        {
            var sent = request.Parameters;
            var symbol = venue.BookUnderLock(sent.Text("symbol")).Market.Id;
            var (from, to) = Period.Read(sent);
            var (order, first) = (sent.Whole("orderId"), sent.Whole("fromId"));
            if ((from ?? to) is not null && (order ?? first) is not null)
            {
                throw RefusedException.Bad(-1128, "Combination of optional parameters invalid.");
            }

            var found = request.Account.Trades.Where(t =>
                t.Order.Request.Symbol == symbol
                && venue.IsVisible(t.Order)
                && t.Order.Id == (order ?? t.Order.Id)
                && t.Id >= (first ?? 0)
                && t.At.ToUnixTimeMilliseconds() >= (from ?? 0)
                && t.At.ToUnixTimeMilliseconds() <= (to ?? long.MaxValue)
            );
            var limit = sent.Limit(500, 1_000);
            return new JsonArray([
                .. ((first ?? from) is null ? found.TakeLast(limit) : found.Take(limit)).Select(t => (JsonNode)OrderJson.Of(t)),
            ]);
        });

    private JsonObject Commission(FakeRequest request) =>
        venue.Locked(() =>
            new JsonObject
            {
                ["symbol"] = venue.BookUnderLock(request.Parameters.Text("symbol")).Market.Id,
                ["standardCommission"] = Rates(request.Account.Commission),
            }
        );

    private JsonObject Rights(FakeRequest request)
    {
        var rights = request.Key!.Rights;
        return new JsonObject
        {
            ["ipRestrict"] = rights.IpRestrict,
            ["createTime"] = venue.Now.AddDays(-1).ToUnixTimeMilliseconds(),
            ["enableReading"] = rights.Reading,
            ["enableWithdrawals"] = rights.Withdrawals,
            ["enableInternalTransfer"] = rights.InternalTransfer,
            ["permitsUniversalTransfer"] = rights.UniversalTransfer,
            ["enableMargin"] = false,
            ["enableFutures"] = false,
            ["enableVanillaOptions"] = false,
            ["enablePortfolioMarginTrading"] = false,
            ["enableFixApiTrade"] = false,
            ["enableFixReadOnly"] = false,
            ["enableSpotAndMarginTrading"] = rights.SpotTrading,
        };
    }

    private JsonArray Coins(FakeRequest request) =>
        venue.Locked(() =>
        {
            var names = venue
                .BooksUnderLock.SelectMany(b => new[] { b.Market.Base, b.Market.Quote })
                .Distinct()
                .Order(StringComparer.Ordinal);
            var held = request.Account.Wallet.All.ToDictionary(a => a.Asset);
            return new JsonArray([
                .. names.Select(n =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["coin"] = n,
                            ["name"] = n,
                            ["depositAllEnable"] = true,
                            ["withdrawAllEnable"] = true,
                            ["free"] = Decimals.Text(held.GetValueOrDefault(n).Free),
                            ["locked"] = Decimals.Text(held.GetValueOrDefault(n).Locked),
                            ["freeze"] = "0",
                            ["withdrawing"] = "0",
                            ["isLegalMoney"] = false,
                            ["trading"] = true,
                            ["networkList"] = new JsonArray(),
                        }
                ),
            ]);
        });

    private JsonArray TradeFees(FakeRequest request) =>
        venue.Locked(() =>
            new JsonArray([
                .. venue
                    .BooksUnderLock.Where(b => (request.Parameters["symbol"] ?? b.Market.Id) == b.Market.Id)
                    .Select(b =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["symbol"] = b.Market.Id,
                                ["makerCommission"] = Decimals.Text(request.Account.Commission.Maker),
                                ["takerCommission"] = Decimals.Text(request.Account.Commission.Taker),
                            }
                    ),
            ])
        );

    private static JsonObject Rates(FakeCommission terms) =>
        new()
        {
            ["maker"] = Decimals.Text(terms.Maker),
            ["taker"] = Decimals.Text(terms.Taker),
            ["buyer"] = Decimals.Text(0),
            ["seller"] = Decimals.Text(0),
        };
}
