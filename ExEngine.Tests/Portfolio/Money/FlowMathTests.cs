using ExEngine.Core.Markets;
using ExEngine.Core.Portfolio.Money;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Portfolio.Money;

/// <summary>Deposits told apart from trading, by numbers that are worked out by hand. BTC is 100,000 at first.</summary>
public sealed class FlowMathTests
{
    private static readonly Dictionary<string, decimal> None = [];
    private decimal _bitcoin = 100_000m;

    [Fact]
    public void FirstLook_CountsEverythingThatIsThere()
    {
        // 0.01 BTC was bought for 995 a moment ago, with a fee in BTC.
        var recent = Traded("BTC/USDT", OrderSide.Buy, 0.01m, 995m, 0.00001m, "BTC");
        recent.ShouldBe(new Dictionary<string, decimal> { ["BTC"] = 0.00999m, ["USDT"] = -995m }, ignoreOrder: true);
        var balances = new Dictionary<string, decimal> { ["USDT"] = 9_005m, ["BTC"] = 0.00999m };

        var first = Step(null, balances, recent);

        (first.NetDeposits, first.Pending).ShouldBe((10_004m, 0m));
        first.Assets["BTC"].ShouldBe(new AssetFlow(0, 0, 0.00999m));
        first.Assets["USDT"].ShouldBe(new AssetFlow(10_000m, 10_000m, -995m));
        _bitcoin = 120_000m;
        Step(first, balances, recent).NetDeposits.ShouldBe(10_004m);
    }

    [Fact]
    public void Trade_IsNoDeposit()
    {
        var before = Step(null, new() { ["USDT"] = 10_000m }, None);
        var traded = Traded("BTC/USDT", OrderSide.Sell, 0.02m, 2_100m, 0.001m, "BNB");

        var step = Step(
            before,
            new()
            {
                ["USDT"] = 12_100m,
                ["BTC"] = -0.02m,
                ["BNB"] = -0.001m,
            },
            traded
        );

        (step.NetDeposits, step.Pending).ShouldBe((10_000m, 0m));
    }

    [Fact]
    public void Deposit_IsNotedAtOnceAndCountsAtTheSecondLook_AtTheRateOfThen()
    {
        var first = Step(null, new() { ["USDT"] = 10_000m }, None);
        var seen = Step(first, new() { ["USDT"] = 10_000m, ["BTC"] = 0.1m }, None);
        (seen.NetDeposits, seen.Pending).ShouldBe((10_000m, 10_000m));

        _bitcoin = 110_000m;
        var counted = Step(seen, new() { ["USDT"] = 10_000m, ["BTC"] = 0.1m }, None);
        (counted.NetDeposits, counted.Pending).ShouldBe((21_000m, 0m));

        // What the price does from here on is profit.
        _bitcoin = 50_000m;
        Step(counted, new() { ["USDT"] = 10_000m, ["BTC"] = 0.1m }, None).NetDeposits.ShouldBe(21_000m);
    }

    [Fact]
    public void Withdrawal_IsADepositBelowZero()
    {
        var first = Step(null, new() { ["USDT"] = 10_000m }, None);
        var seen = Step(first, new() { ["USDT"] = 7_500.5m }, None);

        Step(seen, new() { ["USDT"] = 7_500.5m }, None).NetDeposits.ShouldBe(7_500.5m);
    }

    [Fact]
    public void FillThatIsStoredLate_LeavesNothingBehind()
    {
        var first = Step(null, new() { ["USDT"] = 10_000m }, None);
        var executed = new Dictionary<string, decimal> { ["USDT"] = 9_000m, ["BTC"] = 0.01m };
        var seen = Step(first, executed, None);
        (seen.NetDeposits, seen.Pending).ShouldBe((10_000m, 0m));

        _bitcoin = 101_000m;
        var stored = Step(seen, executed, Traded("BTC/USDT", OrderSide.Buy, 0.01m, 1_000m, 0, null));

        (stored.NetDeposits, stored.Pending).ShouldBe((10_000m, 0m));
    }

    [Fact]
    public void WhileSomethingIsOnItsWay_NothingCounts()
    {
        var first = Step(null, new() { ["USDT"] = 10_000m }, None);
        var seen = Step(first, new() { ["USDT"] = 9_000m }, None, isQuiet: false);
        var again = Step(seen, new() { ["USDT"] = 9_000m }, None, isQuiet: false);
        (again.NetDeposits, again.Pending).ShouldBe((10_000m, -1_000m));

        Step(again, new() { ["USDT"] = 9_000m }, None).NetDeposits.ShouldBe(9_000m);
    }

    [Fact]
    public void CoinWithoutARate_IsLeftOut()
    {
        var step = Step(null, new() { ["USDT"] = 5m, ["DROP"] = 1_000_000m }, None);

        step.NetDeposits.ShouldBe(5m);
        step.Assets["DROP"].Outside.ShouldBe(1_000_000m);
    }

    private static Dictionary<string, decimal> Traded(
        string symbol,
        OrderSide side,
        decimal quantity,
        decimal cost,
        decimal fee,
        string? feeAsset
    )
    {
        var assets = new Dictionary<string, decimal>();
        FlowMath.Add(assets, symbol, new TradedAmounts(side, quantity, cost, fee, feeAsset));
        return assets;
    }

    private FlowStep Step(
        FlowStep? before,
        Dictionary<string, decimal> balances,
        Dictionary<string, decimal> traded,
        bool isQuiet = true
    ) =>
        FlowMath.Step(
            before,
            balances,
            traded,
            None,
            isQuiet,
            (asset, amount) =>
                asset switch
                {
                    "USDT" => amount,
                    "BTC" => amount * _bitcoin,
                    _ => null,
                }
        );
}
