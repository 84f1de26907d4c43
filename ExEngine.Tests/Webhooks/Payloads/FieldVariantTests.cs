using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Tests.Markets;
using ExEngine.Tests.Planning;
using ExEngine.Tests.Support;
using ExEngine.Tests.Webhooks.Intake;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Payloads;

/// <summary>I10: an alert whose fields are called otherwise, in another case or somewhere else, is traded as written, or refused.</summary>
public sealed class FieldVariantTests
{
    private static readonly int Variants = Need.Cases(2_000);
    private const string RefusedPlan = "refused";

    private static readonly SignalRules WithDefaultSize = Doors.Rules with { DefaultSize = new SignalSize(SizeMode.Quote, 1_000m) };

    [Fact]
    public void NoVariant_TradesOtherThanWritten()
    {
        var random = new Random(20_261_128);
        var wrong = new List<string>();
        var traded = 0;
        for (var i = 0; i < Variants; i++)
        {
            var (preset, golden, variant) = FieldVariants.Next(random);
            var rules = random.Next(2) == 0 ? Doors.Rules : WithDefaultSize;
            var id = random.Next(2) == 0 ? preset : "auto";
            var written = PlanOf(golden, rules with { Preset = preset });
            var made = PlanOf(variant, rules with { Preset = id });
            written.ShouldNotBe(RefusedPlan, golden);
            traded += made == RefusedPlan ? 0 : 1;
            if (made != RefusedPlan && made != written)
            {
                wrong.Add($"{id}: {variant}\n  trades {made}\n  and not {written}");
            }
        }

        wrong.ShouldBeEmpty(string.Join("\n", wrong.Take(20)));

        // Refusing everything would be no reading.
        traded.ShouldBeGreaterThan(Variants / 4);
    }

    private static string PlanOf(string body, SignalRules rules)
    {
        var reading = GoldenDraft.Read(body, rules);
        if (reading.Errors.Count > 0 || reading.Refusal is not null || reading.Draft is not { } draft)
        {
            return RefusedPlan;
        }

        var market = new MarketSet("binance", [MarketsOf.BtcUsdt], DateTime.UnixEpoch, stale: false);
        if (PrecheckResult.Of(reading, rules, market, DateTime.UnixEpoch, checkAge: false).Detail.Refusal is not null)
        {
            return RefusedPlan;
        }

        var context = Plans.Of(draft, held: 0.01998m, rules.Rounding) with
        {
            Price = new Core.Exchanges.MarketData.Ticker("BTC/USDT", 100_000m, null, null, DateTime.UnixEpoch),
            Balances = [new AssetBalance("USDT", 10_000m, 0), new AssetBalance("BTC", 0.01998m, 0)],
            Equity = 12_000m,
        };
        return SignalPlanner.Next(context) switch
        {
            PlanStep.Place { Draft: var order } => $"{order.Side} {order.Type} {order.Quantity} at {order.Price} from {order.StopPrice}"
                + (order.Side == OrderSide.Buy ? $", {draft.StopLoss}, [{string.Join("; ", draft.TakeProfits)}]" : ""),
            PlanStep.Refuse => RefusedPlan,
            var other => other.GetType().Name,
        };
    }
}
