using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Tests.Support;
using Microsoft.Extensions.Options;
using Shouldly;
using System.Net;
using Xunit;

namespace ExEngine.Tests.Webhooks.Intake;

public sealed class DoorLockoutTests
{
    private static readonly IPAddress Ip = IPAddress.Parse("192.0.2.1");
    private static readonly Guid Door = new(1, 0, 0, new byte[8]);

    private readonly HandClock _time = new();
    private readonly DoorLockout _lockout;

    public DoorLockoutTests() => _lockout = new DoorLockout(
        _time, Options.Create(new WebhookOptions { LockoutFailures = 3, LockoutSeconds = 20 }));

    [Fact]
    public void IpThatKeepsFailing_IsLockedOutOfThatDoorAlone()
    {
        _lockout.Fail(Door, Ip).ShouldBeFalse();
        _lockout.Fail(Door, Ip).ShouldBeFalse();
        _lockout.IsLocked(Door, Ip).ShouldBeFalse();
        _lockout.Fail(Door, Ip).ShouldBeTrue();

        _lockout.IsLocked(Door, Ip).ShouldBeTrue();
        _lockout.IsLocked(Door, IPAddress.Parse("192.0.2.2")).ShouldBeFalse();
        _lockout.IsLocked(Guid.Empty, Ip).ShouldBeFalse();
    }

    [Fact]
    public void LockThatIsOver_LetsInAndLocksAgain()
    {
        for (var round = 0; round < 3; round++)
        {
            _lockout.Fail(Door, Ip).ShouldBeFalse();
            _lockout.Fail(Door, Ip).ShouldBeFalse();
            _lockout.Fail(Door, Ip).ShouldBeTrue();
            _time.Advance(TimeSpan.FromSeconds(19));
            _lockout.IsLocked(Door, Ip).ShouldBeTrue();
            _time.Advance(TimeSpan.FromSeconds(1));
            _lockout.IsLocked(Door, Ip).ShouldBeFalse();
        }
    }

    [Fact]
    public void FailuresOverMoreThanAMinute_DoNotAddUp()
    {
        for (var i = 0; i < 10; i++)
        {
            _lockout.Fail(Door, Ip).ShouldBeFalse();
            _time.Advance(TimeSpan.FromSeconds(31));
        }

        _lockout.IsLocked(Door, Ip).ShouldBeFalse();
    }

    [Fact]
    public void RequestWithoutAnAddress_IsCountedLikeOthers()
    {
        Enumerable.Range(0, 3).Count(_ => _lockout.Fail(Door, null)).ShouldBe(1);
        _lockout.IsLocked(Door, null).ShouldBeTrue();
    }
}
