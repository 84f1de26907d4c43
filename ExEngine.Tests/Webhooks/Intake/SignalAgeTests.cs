using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Signals;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Intake;

public sealed class SignalAgeTests
{
    private static readonly DateTime Now = new(2026, 11, 28, 12, 0, 30, DateTimeKind.Utc);

    // Seconds between the stated time and now, what the webhook says its time means, the message's interval, and the code.
    [Theory]
    [InlineData(300, TimeMeaning.Event, null, null)]
    [InlineData(301, TimeMeaning.Event, null, "too_old")]
    [InlineData(3_630, TimeMeaning.Event, "60", "too_old")]
    [InlineData(3_630, TimeMeaning.BarOpen, "60", null)]
    [InlineData(3_630, TimeMeaning.BarOpen, "1h", null)]
    [InlineData(3_630, TimeMeaning.BarOpen, "15", "too_old")]
    [InlineData(86_430, TimeMeaning.BarOpen, "1D", null)]
    [InlineData(86_430, TimeMeaning.BarOpen, "D", null)]
    [InlineData(30, TimeMeaning.BarOpen, null, "interval_missing")]
    [InlineData(30, TimeMeaning.BarOpen, "soon", "interval_missing")]
    [InlineData(1_000_000, TimeMeaning.None, null, null)]
    [InlineData(-300, TimeMeaning.Event, null, null)]
    [InlineData(-301, TimeMeaning.Event, null, "from_the_future")]
    [InlineData(-301, TimeMeaning.BarOpen, "60", "from_the_future")]
    [InlineData(-1_000_000, TimeMeaning.None, null, null)]
    public void StatedTime_IsJudgedByWhatItMeans(int age, TimeMeaning means, string? interval, string? code)
    {
        var problem = SignalAge.Check(
            Draft(Now.AddSeconds(-age), interval),
            Rules with
            {
                TimeMeans = means,
            },
            Now,
            TimeSpan.FromMinutes(5)
        );

        problem?.Code.ShouldBe(code);
        (problem is null).ShouldBe(code is null);
        problem?.Status.ShouldBe(code == "too_old" ? SignalStatus.Stale : SignalStatus.Refused);
    }

    [Fact]
    public void StaleAlertWithABarsTime_ExplainsItself()
    {
        var bar = new DateTime(2026, 11, 28, 11, 0, 0, DateTimeKind.Utc);

        SignalAge.Check(Draft(bar, null), Rules, Now, TimeSpan.FromMinutes(5))!.Reason.ShouldContain("{{timenow}}");
        SignalAge.Check(Draft(bar.AddSeconds(7), null), Rules, Now, TimeSpan.FromMinutes(5))!.Reason.ShouldNotContain("{{timenow}}");
    }

    [Fact]
    public void MessagesOwnLimit_GoesFirst() =>
        SignalAge
            .Check(Draft(Now.AddSeconds(-61), null) with { MaxLag = TimeSpan.FromSeconds(60) }, Rules, Now, TimeSpan.FromMinutes(5))!
            .Reason.ShouldContain("61 s old; the message wants to be acted on up to 60 s");

    [Theory]
    [InlineData("15", 15 * 60)]
    [InlineData("30S", 30)]
    [InlineData("5m", 300)]
    [InlineData("4h", 4 * 3_600)]
    [InlineData("W", 7 * 86_400)]
    [InlineData("1M", 31 * 86_400)]
    [InlineData("0", null)]
    [InlineData("", null)]
    [InlineData("-5", null)]
    [InlineData("5 apples", null)]
    public void Interval_IsReadAsTradingViewWritesIt(string text, int? seconds) =>
        SignalAge.ReadInterval(text)?.TotalSeconds.ShouldBe(seconds!.Value);

    private static SignalRules Rules => new("auto", TimeSpan.FromSeconds(300), Rounding.Reject, null, null);

    private static SignalDraft Draft(DateTime time, string? interval) =>
        new()
        {
            Action = SignalAction.Buy,
            Time = time,
            Extras = interval is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["interval"] = interval },
        };
}
