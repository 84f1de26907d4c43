using System.Net;
using System.Text;
using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks.Intake;

/// <summary>From the request to the durable row, without the HTTP around it.</summary>
[NeedsServer]
public sealed class SignalIntakeTests(DoorsApp app)
{
    private const string Market = """{"secret":"SECRET","symbol":"BTC/USDT","action":"buy","trade_quantity":"0.001"}""";

    [Fact]
    public async Task AcceptedAlert_IsARowBeforeItIsAnswered()
    {
        var (token, secret) = await WebhookAsync();

        var result = await ReceiveAsync(token, Market.Replace("SECRET", secret, StringComparison.Ordinal));

        result.Outcome.ShouldBe(IntakeOutcome.Accepted);
        var row = await RowAsync(result.SignalId);
        (row.Status, row.Symbol, row.Action).ShouldBe((SignalStatus.Accepted, "BTC/USDT", "buy"));
        row.Payload.ShouldNotContain(secret);
    }

    [Fact]
    public async Task SameAlertAgain_IsAnsweredWithTheFirstOnesId()
    {
        var (token, secret) = await WebhookAsync();
        var body = Market.Replace("SECRET", secret, StringComparison.Ordinal);
        var first = await ReceiveAsync(token, body);

        var again = await ReceiveAsync(token, body);

        (again.Outcome, again.SignalId).ShouldBe((IntakeOutcome.Duplicate, first.SignalId));
    }

    [Theory]
    [InlineData("a wrong secret")]
    [InlineData("")]
    public async Task WrongSecret_IsTurnedAwayWithoutARow(string secret)
    {
        var (token, _) = await WebhookAsync();

        var result = await ReceiveAsync(token, Market.Replace("SECRET", secret, StringComparison.Ordinal));

        (result.Outcome, result.SignalId).ShouldBe((IntakeOutcome.Unauthenticated, Guid.Empty));
    }

    [Fact]
    public async Task UnknownToken_IsTurnedAwayInTheSameWords() =>
        (await ReceiveAsync("no-such-token", Market)).ShouldBe(new IntakeResult(IntakeOutcome.Unauthenticated));

    [Fact]
    public async Task NumberThatBreaksARule_IsRefusedAndKeptWithItsNumbers()
    {
        var (token, secret) = await WebhookAsync();
        var body =
            $$"""{"secret":"{{secret}}","symbol":"BTC/USDT","action":"buy","order_type":"limit","trade_price":"60000.105","trade_quantity":"0.001"}""";

        var result = await ReceiveAsync(token, body);

        (result.Outcome, result.Refusal!.Code).ShouldBe((IntakeOutcome.Refused, RefusalCodes.PriceOffTick));
        result.Refusal.Nearest.ShouldBe(["60000.10", "60000.11"]);
        (await RowAsync(result.SignalId)).Code.ShouldBe(RefusalCodes.PriceOffTick);
    }

    [Fact]
    public async Task BodyThatIsNoAlert_IsKeptAsUnreadableWithEveryError()
    {
        var (token, secret) = await WebhookAsync();

        var result = await ReceiveAsync(token, $$"""{"secret":"{{secret}}","action":"perhaps"}""");

        result.Outcome.ShouldBe(IntakeOutcome.Unreadable);
        result.Errors.Count.ShouldBeGreaterThan(1);
        (await RowAsync(result.SignalId)).Status.ShouldBe(SignalStatus.Refused);
    }

    private async Task<(string Token, string Secret)> WebhookAsync()
    {
        var webhook = await DoorsApp.WebhookAsync(await app.SignUpAsync(), "secret", new { sender = "other", preset = "native" });
        return (new Uri(webhook.GetProperty("url").GetString()!).Segments[^1], webhook.GetProperty("secret").GetString()!);
    }

    private Task<IntakeResult> ReceiveAsync(string token, string body)
    {
        var credentials = new WebhookCredentials(IPAddress.Loopback, null, null, null, null, null);
        var time = TimeProvider.System;
        return app.Get<SignalIntake>()
            .ReceiveAsync(
                new IntakeRequest(
                    token,
                    Encoding.UTF8.GetBytes(body),
                    credentials,
                    "test",
                    time.GetUtcNow().UtcDateTime,
                    time.GetTimestamp()
                ),
                default
            );
    }

    private async Task<Signal> RowAsync(Guid id)
    {
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        return await db.Signals.AsNoTracking().SingleAsync(s => s.Id == id);
    }
}
