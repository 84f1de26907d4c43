using System.Net;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Tests.Support;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Intake;

public sealed class AuthLockoutTests
{
    private static readonly IPAddress Ip = IPAddress.Parse("192.0.2.1");
    private static readonly Guid Webhook = new(1, 0, 0, new byte[8]);

    private readonly HandClock _time = new();
    private readonly AuthLockout _lockout;

    public AuthLockoutTests() =>
        _lockout = new AuthLockout(_time, Options.Create(new WebhookOptions { LockoutFailures = 3, LockoutSeconds = 20 }));

    [Fact]
    public void IpThatKeepsFailing_IsLockedOutOfThatDoorAlone()
    {
        _lockout.Fail(Webhook, Ip).ShouldBeFalse();
        _lockout.Fail(Webhook, Ip).ShouldBeFalse();
        _lockout.IsLocked(Webhook, Ip).ShouldBeFalse();
        _lockout.Fail(Webhook, Ip).ShouldBeTrue();

        _lockout.IsLocked(Webhook, Ip).ShouldBeTrue();
        _lockout.IsLocked(Webhook, IPAddress.Parse("192.0.2.2")).ShouldBeFalse();
        _lockout.IsLocked(Guid.Empty, Ip).ShouldBeFalse();
    }

    [Fact]
    public void LockThatIsOver_LetsInAndLocksAgain()
    {
        for (var round = 0; round < 3; round++)
        {
            _lockout.Fail(Webhook, Ip).ShouldBeFalse();
            _lockout.Fail(Webhook, Ip).ShouldBeFalse();
            _lockout.Fail(Webhook, Ip).ShouldBeTrue();
            _time.Advance(TimeSpan.FromSeconds(19));
            _lockout.IsLocked(Webhook, Ip).ShouldBeTrue();
            _time.Advance(TimeSpan.FromSeconds(1));
            _lockout.IsLocked(Webhook, Ip).ShouldBeFalse();
        }
    }

    [Fact]
    public void FailuresOverMoreThanAMinute_DoNotAddUp()
    {
        for (var i = 0; i < 10; i++)
        {
            _lockout.Fail(Webhook, Ip).ShouldBeFalse();
            _time.Advance(TimeSpan.FromSeconds(31));
        }

        _lockout.IsLocked(Webhook, Ip).ShouldBeFalse();
    }

    [Fact]
    public void RequestWithoutAnAddress_IsCountedLikeOthers()
    {
        Enumerable.Range(0, 3).Count(_ => _lockout.Fail(Webhook, null)).ShouldBe(1);
        _lockout.IsLocked(Webhook, null).ShouldBeTrue();
    }
}
