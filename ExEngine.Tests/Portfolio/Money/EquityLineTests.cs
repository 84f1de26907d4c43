using ExEngine.Core.Portfolio.Money;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Portfolio.Money;

/// <summary>Snapshots of several accounts as one line, by numbers that are worked out by hand.</summary>
public sealed class EquityLineTests
{
    private static readonly DateTime Noon = new(2026, 5, 4, 12, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Five = TimeSpan.FromMinutes(5);
    private static readonly Guid One = Guid.Parse("11111111-1111-1111-1111-111111111111");
    private static readonly Guid Two = Guid.Parse("22222222-2222-2222-2222-222222222222");

    [Fact]
    public void TwoAccounts_AreOneSum_FromWhenEachBegan()
    {
        var line = Line(
            Row(One, 5, 100m, 100m),
            Row(One, 10, 110m, 100m),
            Row(Two, 10, 50m, 50m),
            Row(One, 15, 90m, 80m),
            Row(Two, 15, 49m, 50m)
        );

        line.Points.Select(p => (p.At, p.Equity, p.NetDeposits, p.Profit))
            .ShouldBe([(At(5), 100m, 100m, 0m), (At(10), 160m, 150m, 10m), (At(15), 139m, 130m, 9m)]);
        line.Profit.ShouldBe(9m);
        line.Moved.ShouldBe(30m);
    }

    [Fact]
    public void UnknownFigure_IsAGap_NeverZero()
    {
        var line = Line(
            Row(One, 5, 100m, 100m),
            Row(Two, 5, 50m, 50m),
            Row(One, 15, 101m, 100m),
            Row(Two, 10, null, null),
            Row(Two, 15, null, null),
            Row(Two, 20, null, null),
            Row(One, 20, 102m, 100m)
        );

        // Five minutes old is not too old; fifteen is.
        line.Points.Select(p => p.Equity).ShouldBe([150m, 150m, 151m, null]);
        line.Profit.ShouldBe(1m);
        line.Last!.At.ShouldBe(At(15));
    }

    [Fact]
    public void Drawdown_IsMeasuredWithoutWhatWasTakenOut()
    {
        var line = Line(
            Row(One, 5, 1_000m, 1_000m),
            Row(One, 10, 1_200m, 1_000m),
            Row(One, 15, 700m, 500m),
            Row(One, 20, 550m, 500m),
            Row(One, 25, 800m, 500m)
        );

        var fall = line.MaxDrawdown()!;

        // 500 were taken out at 15, which is no fall; 150 were lost after it, of 700 that were the highest last.
        (fall.Amount, fall.From, fall.To).ShouldBe((150m, At(15), At(20)));
        fall.Percent!.Value.ShouldBe(150m / 700m * 100m);
    }

    [Fact]
    public void RowOfAnHour_StandsForWhatComesAfterIt()
    {
        var hour = Row(One, 0, 100m, 100m);
        hour.Grain = EquityGrain.Hour;

        EquityLine
            .Of([hour], new Dictionary<Guid, DateTime> { [One] = At(0) }, At(0), At(180), TimeSpan.FromMinutes(30))
            .Points.Select(p => p.Equity)
            .ShouldBe([100m, 100m, 100m, 100m, null, null]);
    }

    private static EquityLine Line(params EquitySnapshot[] rows)
    {
        var begins = rows.Where(r => r.Equity is not null).GroupBy(r => r.AccountId).ToDictionary(g => g.Key, g => g.Min(r => r.Slot));
        return EquityLine.Of(rows.Reverse(), begins, Noon, rows.Max(r => r.Slot), Five);
    }

    private static DateTime At(int minute) => Noon.AddMinutes(minute);

    private static EquitySnapshot Row(Guid account, int minute, decimal? equity, decimal? deposits) =>
        new()
        {
            AccountId = account,
            Slot = At(minute),
            At = At(minute),
            Currency = "USDT",
            Equity = equity,
            Cash = equity,
            Held = equity is null ? null : 0,
            NetDeposits = deposits,
            IsComplete = equity is not null,
        };
}
