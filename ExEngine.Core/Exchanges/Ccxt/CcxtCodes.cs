using System.Collections.Frozen;
using System.Globalization;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>
/// What exchanges' own codes say about a request, after their documentation and CCXT's <c>exceptions</c>. A code that is
/// not here decides nothing by itself.
/// </summary>
internal static class CcxtCodes
{
    private static readonly FrozenDictionary<string, FaultKind> Bybit = Table(
        ' ',
        (
            FaultKind.Rule,
            "10001 110003 110017 110020 110092 110093 110094 170105 170115 170116 170117 170121 170124 170130 170132 170133 170134 170135 "
                + "170136 170137 170140 170148 170151 170157 170159 170192 170193 170194 170197 170198 170210 170217 170218 170228 170229 170371 170372"
        ),
        (FaultKind.Funds, "110004 110007 110012 110044 110045 110051 110052 110053 131001 170033 170131"),
        (FaultKind.Credentials, "10003 10004 10005 10007 10008 10009 10010 10024 10027 10028 10029 170201 170209 170241"),
        (FaultKind.DuplicateId, "110030 110072 170141"),
        (FaultKind.OrderUnknown, "110001 110008 110010 110019 170139 170142 170143 170190 170213"),
        (FaultKind.RateLimited, "10006 10018 170005 170222"),
        (FaultKind.Clock, "10002"),
        (FaultKind.Ambiguous, "5004 10000 10014 10016 170001 170007 170032 170146 170147 170234")
    );

    private static readonly FrozenDictionary<string, FaultKind> Okx = Table(
        ' ',
        (
            FaultKind.Rule,
            "50000 50002 50014 51000 51001 51003 51004 51005 51006 51007 51012 51015 51020 51021 51022 51025 51027 51028 51031 51100 51101 "
                + "51116 51118 51120 51121 51122 51135 51136 51137 51138 51174 51185 51201 51202 51203 51204"
        ),
        (FaultKind.Funds, "51008 51119 51127 51131"),
        (
            FaultKind.Credentials,
            "4088 50007 50009 50027 50100 50101 50103 50104 50105 50106 50107 50110 50111 50113 50114 51009 51010 51024 51155"
        ),
        (FaultKind.DuplicateId, "51011 51016"),
        (FaultKind.OrderUnknown, "51400 51401 51402 51405 51410 51603"),
        (FaultKind.RateLimited, "50011 50040 50061"),
        (FaultKind.Clock, "50102 50112"),
        (FaultKind.Unavailable, "50001 50005"),
        (FaultKind.Ambiguous, "50004 50013 50026")
    );

    private static readonly FrozenDictionary<string, FaultKind> Kucoin = Table(
        ' ',
        (FaultKind.Rule, "400000 400100 400200 400330 400350 400370 400400 400600 400760 600100 600101"),
        (FaultKind.Funds, "200004 210021 230003 260100"),
        (FaultKind.Credentials, "400001 400003 400004 400005 400006 400007 400303 400401 400500 411100"),
        (FaultKind.DuplicateId, "126044"),
        (FaultKind.OrderUnknown, "100001 100004 126043 order_not_exist"),
        (FaultKind.RateLimited, "429 429000"),
        (FaultKind.Clock, "400002"),
        (FaultKind.Ambiguous, "408000 500 500000 503")
    );

    private static readonly FrozenDictionary<string, FaultKind> Kraken = Table(
        '|',
        (
            FaultKind.Rule,
            "EGeneral:Invalid arguments|EOrder:Invalid price|EOrder:Order minimum not met|EOrder:Cost minimum not met|EOrder:Tick size check failed|"
                + "EOrder:Orders limit exceeded|EOrder:Invalid order|EQuery:Unknown asset pair|EQuery:Invalid asset pair"
        ),
        (FaultKind.Funds, "EOrder:Insufficient funds|EOrder:Insufficient margin"),
        (
            FaultKind.Credentials,
            "EAPI:Invalid key|EAPI:Invalid signature|EAPI:Feature disabled|EGeneral:Permission denied|ETrade:User Locked"
        ),
        (FaultKind.DuplicateId, "EOrder:Duplicate clOrdId"),
        (FaultKind.OrderUnknown, "EOrder:Unknown order"),
        (
            FaultKind.RateLimited,
            "EAPI:Rate limit exceeded|EOrder:Rate limit exceeded|EGeneral:Temporary lockout|EGeneral:Too many requests"
        ),
        (FaultKind.Clock, "EAPI:Invalid nonce"),
        (FaultKind.Unavailable, "EService:Market in cancel_only mode|EService:Market in post_only mode"),
        (FaultKind.Ambiguous, "EService:Unavailable|EService:Busy|EService:Timeout|EGeneral:Internal error|EDatabase:Internal error")
    );

    public static FaultKind? KindOf(string exchange, CcxtFault fault) =>
        (exchange, fault.Code) switch
        {
            (_, null) => null,
            ("binance" or "binanceus" or "binanceusdm" or "binancecoinm", var code) => OfBinance(code, fault.Message),
            ("bybit", var code) => Bybit.Find(code),
            ("okx" or "okxus" or "myokx", var code) => Okx.Find(code),
            ("kucoin", "400100") when fault.Message.Contains("not_exist", StringComparison.Ordinal) => FaultKind.OrderUnknown,
            ("kucoin", "400100") when fault.Message.Contains("available.amount", StringComparison.Ordinal) => FaultKind.Funds,
            ("kucoin", var code) => Kucoin.Find(code),

            // Kraken adds what it is about: EGeneral:Invalid arguments:volume.
            ("kraken", var code) => Kraken.Find(code) ?? Kraken.Find(string.Join(':', code.Split(':').Take(2))),
            _ => null,
        };

    private static FaultKind? OfBinance(string code, string message) =>
        !int.TryParse(code, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? null
            : number switch
            {
                -2010 => OfRejection(message),
                -2011 or -2013 or -2026 => FaultKind.OrderUnknown,
                -1002 or -1022 or -2014 or -2015 => FaultKind.Credentials,
                -1003 or -1015 => FaultKind.RateLimited,
                -1021 => FaultKind.Clock,
                -1008 or -1016 => FaultKind.Unavailable,
                -1020 => FaultKind.NotSupported,
                -1013 or -1014 or (<= -1100 and >= -1199) => FaultKind.Rule,
                -1000 or -1001 or -1004 or -1006 or -1007 => FaultKind.Ambiguous,
                _ => null,
            };

    private static FaultKind OfRejection(string message) =>
        message switch
        {
            _ when message.Contains("insufficient balance", StringComparison.OrdinalIgnoreCase) => FaultKind.Funds,
            _ when message.Contains("duplicate order", StringComparison.OrdinalIgnoreCase) => FaultKind.DuplicateId,
            _ when message.Contains("account may not", StringComparison.OrdinalIgnoreCase)
                    || message.Contains("disabled on this account", StringComparison.OrdinalIgnoreCase)
                    || message.Contains("trading is not enabled", StringComparison.OrdinalIgnoreCase) => FaultKind.Credentials,
            _ => FaultKind.Rule,
        };

    private static FaultKind? Find(this FrozenDictionary<string, FaultKind> table, string code) =>
        table.TryGetValue(code, out var kind) ? kind : null;

    private static FrozenDictionary<string, FaultKind> Table(char separator, params (FaultKind Kind, string Codes)[] rows) =>
        rows.SelectMany(row => row.Codes.Split(separator).Select(code => (code, row.Kind)))
            .ToFrozenDictionary(pair => pair.code, pair => pair.Kind, StringComparer.Ordinal);
}
