using System.Net;
using System.Text;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Intake;

public sealed class WebhookAuthTests
{
    private const string StandardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string StandardId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long StandardTime = 1614265330;
    private const string StandardSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const string LongestId =
        "12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678";
    private const string HubSecret = "It's a Secret to Everybody";
    private const string HubHex = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private static readonly byte[] StandardBody = "{\"test\": 2432232314}"u8.ToArray();
    private static readonly byte[] HubBody = "Hello, World!"u8.ToArray();
    private static readonly DateTime Now = DateTimeOffset.FromUnixTimeSeconds(StandardTime).UtcDateTime;
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    private static AuthFailure? CheckStandard(
        string? id = StandardId,
        string? timestamp = "1614265330",
        string? signatures = StandardSignature,
        DateTime? now = null,
        byte[]? body = null,
        ResolvedWebhook? webhook = null
    ) =>
        WebhookAuth.Check(
            webhook ?? Doors.Standard(StandardSecret),
            new WebhookCredentials(IPAddress.Loopback, id, timestamp, signatures, null, null),
            body ?? StandardBody,
            now ?? Now,
            Tolerance
        );

    private static AuthFailure? CheckHmac(string? hub, string? plain = null, byte[]? body = null, ResolvedWebhook? webhook = null) =>
        WebhookAuth.Check(
            webhook ?? Doors.Hmac(HubSecret),
            new WebhookCredentials(IPAddress.Loopback, null, null, null, hub, plain),
            body ?? HubBody,
            Now,
            Tolerance
        );

    private static AuthFailure? CheckSecret(string body, ResolvedWebhook? webhook = null, DateTime? now = null) =>
        WebhookAuth.Check(
            webhook ?? Doors.Secret("open sesame"),
            Doors.From("127.0.0.1"),
            Encoding.UTF8.GetBytes(body),
            now ?? Now,
            Tolerance
        );

    [Fact]
    public void StandardKnownAnswer_IsLetInAndIsWhatTheSignerMakes()
    {
        CheckStandard().ShouldBeNull();
        WebhookSignature.Standard(StandardSecret, StandardId, StandardTime, StandardBody).ShouldBe(StandardSignature);
    }

    [Theory]
    [InlineData("sha256=" + HubHex, null)]
    [InlineData("SHA256=757107EA0EB2509FC211221CCE984B8A37570B6D7586C22C46F4379C8B043E17", null)]
    [InlineData(null, HubHex)]
    [InlineData(null, "sha256=" + HubHex)]
    [InlineData("sha256=a57107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17 sha256=" + HubHex, null)]
    public void HmacKnownAnswer_IsLetInInEveryWayOfWritingIt(string? hub, string? plain)
    {
        CheckHmac(hub, plain).ShouldBeNull();
        WebhookSignature.Hub(HubSecret, HubBody).ShouldBe("sha256=" + HubHex);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(-300)]
    public void ClockWithinTheTolerance_IsLetIn(int seconds) => CheckStandard(now: Now.AddSeconds(seconds)).ShouldBeNull();

    [Theory]
    [InlineData(301)]
    [InlineData(-301)]
    [InlineData(100_000_000)]
    public void ClockOutsideTheTolerance_IsTurnedAway(int seconds) =>
        CheckStandard(now: Now.AddSeconds(seconds)).ShouldBe(AuthFailure.TimestampOutsideTolerance);

    [Theory]
    [InlineData(null, "1614265330", StandardSignature)]
    [InlineData(StandardId, null, StandardSignature)]
    [InlineData(StandardId, "1614265330", null)]
    public void StandardHeaderThatIsAbsent_IsMissing(string? id, string? timestamp, string? signatures) =>
        CheckStandard(id, timestamp, signatures).ShouldBe(AuthFailure.SignatureMissing);

    [Theory]
    [InlineData("1614265330.0")]
    [InlineData("-1614265330")]
    [InlineData("+1614265330")]
    [InlineData(" 1614265330")]
    [InlineData("2021-02-25T15:02:10Z")]
    [InlineData("")]
    [InlineData("99999999999999999999")]
    [InlineData("１６１４２６５３３０")]
    public void TimestampThatIsNoWholeNumberOfSeconds_IsMalformed(string timestamp) =>
        CheckStandard(timestamp: timestamp).ShouldBe(AuthFailure.SignatureMalformed);

    [Fact]
    public void TimestampAtTheEndOfTheNumbers_IsOutsideTheTolerance() =>
        CheckStandard(timestamp: "9223372036854775807").ShouldBe(AuthFailure.TimestampOutsideTolerance);

    // The bytes that are signed are the header's: a rewritten number is another message.
    [Fact]
    public void TimestampWrittenWithAnotherZero_IsNotTheSignedOne() => CheckStandard(timestamp: "01614265330").ShouldNotBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("mßg")]
    [InlineData("msg\t1")]
    [InlineData(LongestId + "9")]
    public void IdOutsideItsPattern_IsMalformedEvenWhenSignedWell(string id)
    {
        var signature = WebhookSignature.Standard(StandardSecret, id, StandardTime, StandardBody);

        CheckStandard(id: id, signatures: signature).ShouldBe(AuthFailure.SignatureMalformed);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("A-z_0")]
    [InlineData("msg.1")]
    [InlineData("evt:2026/01/02#~{1}")]
    [InlineData(LongestId)]
    public void IdWithinItsPattern_IsLetIn(string id) =>
        CheckStandard(id: id, signatures: WebhookSignature.Standard(StandardSecret, id, StandardTime, StandardBody)).ShouldBeNull();

    [Theory]
    [InlineData("v1,not base64!")]
    [InlineData("v1,")]
    [InlineData("v1,Zm9v")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1O")]
    [InlineData("v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("")]
    public void SignatureThatIsNoBase64OfAHash_IsMalformed(string signatures) =>
        CheckStandard(signatures: signatures).ShouldBe(AuthFailure.SignatureMalformed);

    [Fact]
    public void WrongSignature_IsWrong()
    {
        CheckStandard(signatures: "v1,a0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=").ShouldBe(AuthFailure.SignatureWrong);
        CheckStandard(body: "{\"test\":2432232314}"u8.ToArray()).ShouldBe(AuthFailure.SignatureWrong);
        CheckStandard(id: "msg_another").ShouldBe(AuthFailure.SignatureWrong);
        CheckStandard(timestamp: "1614265331").ShouldBe(AuthFailure.SignatureWrong);
    }

    [Theory]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE")]
    [InlineData("v1,a0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= " + StandardSignature)]
    [InlineData(StandardSignature + " v1,a0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1a,ed25519 v1,broken  " + StandardSignature)]
    public void RightSignatureAmongOthers_IsLetIn(string signatures) => CheckStandard(signatures: signatures).ShouldBeNull();

    [Fact]
    public void MoreSignaturesThanARotationNeeds_AreNotTried()
    {
        const string Wrong = "v1,a0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

        CheckStandard(signatures: string.Join(' ', [.. Enumerable.Repeat(Wrong, 7), StandardSignature])).ShouldBeNull();
        CheckStandard(signatures: string.Join(' ', [.. Enumerable.Repeat(Wrong, 8), StandardSignature]))
            .ShouldBe(AuthFailure.SignatureWrong);
    }

    [Theory]
    [InlineData(HubHex, null)]
    [InlineData("sha1=" + HubHex, null)]
    [InlineData("sha256=" + HubHex + "00", null)]
    [InlineData("sha256=757107ea", null)]
    [InlineData("sha256=", null)]
    [InlineData("", null)]
    [InlineData(null, "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1g")]
    [InlineData(null, "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1")]
    public void HmacThatIsNoHexOfAHash_IsMalformed(string? hub, string? plain) =>
        CheckHmac(hub, plain).ShouldBe(AuthFailure.SignatureMalformed);

    [Fact]
    public void HmacOfAnotherBodyOrKey_IsWrong()
    {
        CheckHmac("sha256=" + HubHex, body: "Hello, World?"u8.ToArray()).ShouldBe(AuthFailure.SignatureWrong);
        CheckHmac("sha256=" + HubHex, webhook: Doors.Hmac("It's a secret to everybody")).ShouldBe(AuthFailure.SignatureWrong);
        CheckHmac(null).ShouldBe(AuthFailure.SignatureMissing);
    }

    // The first of the two headers counts, so that a second one cannot be tried as well.
    [Fact]
    public void WrongHubSignatureBesideARightPlainOne_IsWrong() =>
        CheckHmac("sha256=" + new string('0', 64), HubHex).ShouldBe(AuthFailure.SignatureWrong);

    [Fact]
    public void EmptyBody_IsVerifiedLikeAnyOther() => CheckHmac(WebhookSignature.Hub(HubSecret, []), body: []).ShouldBeNull();

    [Fact]
    public void FormerSecret_CountsUntilItsEndAndNotAfter()
    {
        const string Next = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
        var webhook = Doors.With(
            WebhookAuthMode.Standard,
            Doors.StandardSecret(Next),
            Doors.StandardSecret(StandardSecret, until: Now.AddSeconds(10))
        );
        var withNext = WebhookSignature.Standard(Next, StandardId, StandardTime, StandardBody);

        CheckStandard(webhook: webhook).ShouldBeNull();
        CheckStandard(webhook: webhook, now: Now.AddSeconds(10)).ShouldBeNull();
        CheckStandard(webhook: webhook, now: Now.AddSeconds(11)).ShouldBe(AuthFailure.SignatureWrong);
        CheckStandard(webhook: webhook, signatures: withNext).ShouldBeNull();
        CheckStandard(webhook: webhook, signatures: withNext, now: Now.AddSeconds(11)).ShouldBeNull();
    }

    [Theory]
    [InlineData("52.89.214.238", true)]
    [InlineData("::ffff:52.89.214.238", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.255.255.255", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("52.89.214.239", false)]
    [InlineData("11.0.0.0", false)]
    [InlineData("2001:db9::1", false)]
    [InlineData("::1", false)]
    public void SourceList_LetsInItsAddressesAndRangesOnly(string ip, bool allowed)
    {
        var webhook = Doors.With(WebhookAuthMode.Url, Doors.TextSecret("open sesame")) with
        {
            AllowedIps = [IPNetwork.Parse("52.89.214.238/32"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8::/32")],
        };

        WebhookAuth.Check(webhook, Doors.From(ip), "buy"u8, Now, Tolerance).ShouldBe(allowed ? null : AuthFailure.SourceIpNotAllowed);
        WebhookAuth.Check(webhook, default, "buy"u8, Now, Tolerance).ShouldBe(AuthFailure.SourceIpNotAllowed);
    }

    [Theory]
    [InlineData("""{"secret":"open sesame","action":"buy"}""")]
    [InlineData("""{"action":"buy","passphrase":"open sesame"}""")]
    [InlineData("""{"secret":"open sesame","passphrase":"open sesame"}""")]
    [InlineData("""{"\u0073ecret":"open\u0020sesame"}""")]
    [InlineData("\uFEFF{\"secret\":\"open sesame\"}")]
    [InlineData("""{"secret":"open sesame","order":{"secret":"someone else's"}}""")]
    [InlineData("""{"signalToken":"open sesame"}""")]
    public void RightSecret_IsLetIn(string body) => CheckSecret(body).ShouldBeNull();

    [Theory]
    [InlineData("buy BTC/USDT 0.001 secret=open-sesame")]
    [InlineData("secret=open-sesame buy BTC/USDT 0.001")]
    [InlineData("SYMBOL=BTCUSDT;SIGNAL=BUY;VOLUME=1;secret=open-sesame")]
    [InlineData("SYMBOL=BTCUSDT\nSIGNAL=BUY\npassphrase=open-sesame")]
    public void RightSecretInAText_IsLetIn(string body) => CheckSecret(body, Doors.Secret("open-sesame")).ShouldBeNull();

    /// <summary>The URL alone proves nothing, and a secret counts only where and as it must be.</summary>
    [Theory]
    [InlineData("buy BTC/USDT 0.001")]
    [InlineData("buy BTC/USDT 0.001 SECRET=open-sesame")]
    [InlineData("buy BTC/USDT 0.001 my_secret=open-sesame")]
    [InlineData("""{"action":"buy"}""")]
    [InlineData("""{"order":{"secret":"open sesame"}}""")]
    [InlineData("""[{"secret":"open sesame"}]""")]
    [InlineData("""{"Secret":"open sesame"}""")]
    [InlineData("""{"SECRET":"open sesame"}""")]
    [InlineData("""{"secret ":"open sesame"}""")]
    [InlineData("\"secret=open sesame\"")]
    [InlineData("")]
    public void SecretThatIsMissingNestedOrInOtherCase_IsNotLetIn(string body)
    {
        CheckSecret(body).ShouldBe(AuthFailure.SecretMissing);
        CheckSecret(body, Doors.With(WebhookAuthMode.Url, Doors.TextSecret("open sesame")))
            .ShouldBeNull("The URL alone is a mode of its own.");
    }

    [Theory]
    [InlineData("""{"secret":"wrong","action":"buy"}""")]
    [InlineData("buy BTC/USDT 0.001 secret=wrong")]
    public void WrongSecretBesideTheUrl_IsWrongAllTheSame(string body) =>
        CheckSecret(body, Doors.With(WebhookAuthMode.Url, Doors.TextSecret("open sesame"))).ShouldBe(AuthFailure.SecretWrong);

    [Theory]
    [InlineData("""{"secret":"open says me","action":"buy"}""")]
    [InlineData("""{"secret":"","action":"buy"}""")]
    [InlineData("""{"secret":null,"action":"buy"}""")]
    [InlineData("""{"secret":["open sesame"]}""")]
    [InlineData("""{"secret":17}""")]
    [InlineData("""{"passphrase":"wrong"}""")]
    [InlineData("""{"\u0073ecret":"wrong"}""")]
    [InlineData("""{"secret":"open sesame","secret":"wrong"}""")]
    [InlineData("""{"secret":"wrong","secret":"open sesame"}""")]
    [InlineData("""{"secret":"open sesame","passphrase":"wrong"}""")]
    [InlineData("\uFEFF{\"secret\":\"wrong\"}")]
    [InlineData("""{"secret":"\ud800"}""")]
    [InlineData("""{"\ud800":1,"secret":"wrong"}""")]
    [InlineData("""{"secret":"wrong", and then no JSON""")]
    public void SecretThatIsStatedAndNotRight_IsWrong(string body) => CheckSecret(body).ShouldBe(AuthFailure.SecretWrong);

    [Fact]
    public void FormerSecretInTheBody_CountsUntilItsEnd()
    {
        var webhook = Doors.With(WebhookAuthMode.Secret, Doors.TextSecret("new one"), Doors.TextSecret("open sesame", until: Now));

        CheckSecret("""{"secret":"open sesame"}""", webhook).ShouldBeNull();
        CheckSecret("""{"secret":"open sesame"}""", webhook, Now.AddTicks(1)).ShouldBe(AuthFailure.SecretWrong);
    }
}
