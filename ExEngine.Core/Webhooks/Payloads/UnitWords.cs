using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>What people say that a size is in, for every preset alike; compared by letters and digits.</summary>
internal static class UnitWords
{
    private static readonly Dictionary<string, SizeMode> Known = Table(
        (
            SizeMode.Base,
            "base fixedquantity fixed contracts contract coins coin units unit shares basecurrency baseasset basecoin baseccy quantity qty asset"
        ),
        (
            SizeMode.Quote,
            "quote quotecurrency quoteasset quotecoin quoteccy notional cost dollaramount usd usdt usdc dollar dollars cash $"
        ),
        (SizeMode.PercentOfEquity, "percentofequity equitypercent percentequity percentageofequity equitypercentage percentageinvestment"),
        (SizeMode.PercentOfEquity, "percentofportfolio portfoliopercent percentofaccount accountpercent pctofequity equitypct"),
        (
            SizeMode.PercentOfAvailable,
            "percentofavailable availablepercent percentofbalance balancepercent marginpercent percentagebalance"
        ),
        (SizeMode.PercentOfAvailable, "percentageofbalance percentageofavailable pctofbalance percentoffree"),
        (SizeMode.PercentOfPosition, "percentofposition positionpercent percentageposition percentageofposition pctofposition"),
        (SizeMode.RiskAmount, "riskdollaramount riskamount"),
        (SizeMode.RiskPercent, "riskpercent percentrisk riskpercentage")
    );

    /// <summary>What the answer to an unknown word offers.</summary>
    public const string Allowed = "base, quote, percent_of_equity, percent_of_available, percent_of_position, risk_percent";

    public static SizeMode? Find(string word) =>
        Known.TryGetValue(word.Trim(), out var exact) ? exact
        : Known.TryGetValue(FieldName.Plain(word), out var mode) ? mode
        : null;

    /// <summary>In dollars: an amount of quote only where the quote is a dollar.</summary>
    public static bool IsDollars(string word) =>
        word.Trim() == "$"
        || FieldName.Plain(word) is "usd" or "usdt" or "usdc" or "dollar" or "dollars" or "dollaramount" or "riskdollaramount" or "cash";

    private static Dictionary<string, SizeMode> Table(params (SizeMode Mode, string Words)[] rows) =>
        rows.SelectMany(r => r.Words.Split(' ').Select(w => KeyValuePair.Create(w, r.Mode))).ToDictionary();
}
