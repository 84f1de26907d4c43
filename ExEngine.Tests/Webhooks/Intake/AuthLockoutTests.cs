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
    private static readonly Guid ResolvedWebhook = new(1, 0, 0, new byte[8]);

    private readonly HandClock _time = new();
    private readonly AuthLockout _lockout;

    public AuthLockoutTests() =>
        _lockout = new AuthLockout(_time, Options.Create(new WebhookOptions { LockoutFailures = 3, LockoutSeconds = 20 }));

    [Fact]
    public void IpThatKeepsFailing_IsLockedOutOfThatDoorAlone()
    {
        _lockout.Fail(ResolvedWebhook, Ip).ShouldBeFalse();
        _lockout.Fail(ResolvedWebhook, Ip).ShouldBeFalse();
        _lockout.IsLocked(ResolvedWebhook, Ip).ShouldBeFalse();
        _lockout.Fail(ResolvedWebhook, Ip).ShouldBeTrue();

        _lockout.IsLocked(ResolvedWebhook, Ip).ShouldBeTrue();
        _lockout.IsLocked(ResolvedWebhook, IPAddress.Parse("192.0.2.2")).ShouldBeFalse();
        _lockout.IsLocked(Guid.Empty, Ip).ShouldBeFalse();
    }

    [Fact]
    public void LockThatIsOver_LetsInAndLocksAgain()
    {
        for (var round = 0; round < 3; round++)
        {
            _lockout.Fail(ResolvedWebhook, Ip).ShouldBeFalse();
            _lockout.Fail(ResolvedWebhook, Ip).ShouldBeFalse();
            _lockout.Fail(ResolvedWebhook, Ip).ShouldBeTrue();
            _time.Advance(TimeSpan.FromSeconds(19));
            _lockout.IsLocked(ResolvedWebhook, Ip).ShouldBeTrue();
            _time.Advance(TimeSpan.FromSeconds(1));
            _lockout.IsLocked(ResolvedWebhook, Ip).ShouldBeFalse();
        }
    }

    [Fact]
    public void FailuresOverMoreThanAMinute_DoNotAddUp()
    {
        for (var i = 0; i < 10; i++)
        {
            _lockout.Fail(ResolvedWebhook, Ip).ShouldBeFalse();
            _time.Advance(TimeSpan.FromSeconds(31));
        }

        _lockout.IsLocked(ResolvedWebhook, Ip).ShouldBeFalse();
    }

    [Fact]
    public void RequestWithoutAnAddress_IsCountedLikeOthers()
    {
        Enumerable.Range(0, 3).Count(_ => _lockout.Fail(ResolvedWebhook, null)).ShouldBe(1);
        _lockout.IsLocked(ResolvedWebhook, null).ShouldBeTrue();
    }
}
