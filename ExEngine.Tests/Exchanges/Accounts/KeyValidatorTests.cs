using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Accounts;

public sealed class KeyValidatorTests
{
    [Theory]
    [InlineData(true, false, false, true, KeyState.Accepted, "tied to an address")]
    [InlineData(true, false, false, false, KeyState.Accepted, "tied to no address")]
    [InlineData(true, false, null, null, KeyState.Accepted, "tied to no address")]
    [InlineData(null, null, null, null, KeyState.Accepted, "does not tell what it may do")]
    [InlineData(true, true, false, true, KeyState.TooPowerful, "may withdraw")]
    [InlineData(true, false, true, true, KeyState.TooPowerful, "may transfer")]
    [InlineData(false, true, false, true, KeyState.TooPowerful, "may withdraw")]
    [InlineData(false, false, false, true, KeyState.Rejected, "may not trade")]
    public void Rights_AreJudged(bool? trade, bool? withdraw, bool? transfer, bool? ip, KeyState state, string said)
    {
        var verdict = KeyValidator.Judge("Binance", ExchangeResult.Done(new KeyRights(trade, withdraw, transfer, ip)));

        verdict.State.ShouldBe(state);
        verdict.Message.ShouldContain(said);
    }

    [Theory]
    [InlineData(FaultKind.Credentials, KeyState.Rejected, "does not take this key")]
    [InlineData(FaultKind.NotSupported, KeyState.Unchecked, "no way to check")]
    [InlineData(FaultKind.Unavailable, KeyState.Unchecked, "asked again")]
    [InlineData(FaultKind.RateLimited, KeyState.Unchecked, "asked again")]
    public void Failures_AreJudged(FaultKind kind, KeyState state, string said)
    {
        var verdict = KeyValidator.Judge("Binance", ExchangeResult.NotExecuted<KeyRights>(new(kind, "-2015", "Invalid API-key.")));

        (verdict.State, verdict.Rights).ShouldBe((state, null));
        verdict.Message.ShouldContain(said);
    }
}
