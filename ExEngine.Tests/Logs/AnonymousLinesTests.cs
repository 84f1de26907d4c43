using System.Net;
using ExEngine.Tests.Support;
using ExEngine.Web.Logs;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Logs;

public sealed class AnonymousLinesTests
{
    private static readonly IPAddress Attacker = IPAddress.Parse("203.0.113.7");

    [Fact]
    public void HundredThousandLines_AreOneBudgetAndOneLine()
    {
        var clock = new HandClock();
        var lines = new AnonymousLines(50, clock);

        Enumerable.Range(0, 100_000).Count(_ => lines.Admit(Attacker, isSecurity: false)).ShouldBe(50);
        lines.Admit(IPAddress.Parse("203.0.113.8"), isSecurity: false).ShouldBeTrue("another address has a budget of its own");
        lines.Admit(Attacker, isSecurity: true).ShouldBeTrue("the security log has a budget of its own");
        lines.End().ShouldBeEmpty("the minute is not over");

        clock.Advance(TimeSpan.FromMinutes(1));
        lines.End().ShouldBe([new LeftOut(Attacker, false, 99_950)]);
        lines.Admit(Attacker, isSecurity: false).ShouldBeTrue();
    }

    [Fact]
    public void OneIpv6Subscriber_IsOneAddress_AndAddressesWithoutEndAreOneInTheEnd()
    {
        var lines = new AnonymousLines(1, new HandClock());
        lines.Admit(IPAddress.Parse("2001:db8::1"), isSecurity: false).ShouldBeTrue();
        lines.Admit(IPAddress.Parse("2001:db8::2"), isSecurity: false).ShouldBeFalse();

        var admitted = Enumerable
            .Range(0, 50_000)
            .Count(i => lines.Admit(new IPAddress(new byte[] { 10, (byte)(i >> 16), (byte)(i >> 8), (byte)i }), isSecurity: false));

        admitted.ShouldBe(10_000);
    }
}
