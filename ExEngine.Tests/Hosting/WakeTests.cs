using System.Net;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Path;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Hosting;

[NeedsServer]
public sealed class WakeTests
{
    [Fact]
    public async Task FirstAlertOfEachAccount_IsTradedAtOnceAndNotAtTheNextPoll()
    {
        await using var factory = new AppFactory
        {
            ["Users:HashMemoryKib"] = "1024",
            ["Execution:Enabled"] = "true",
            ["Execution:Poll"] = "00:01:00",
        };
        var app = new IntakeApp(factory);
        var (trader, first) = await app.DoorAsync("hmac");
        var (_, second) = await app.DoorAsync("hmac", trader);

        foreach (var door in new[] { first, second, first })
        {
            (
                await door.SendAsync(
                    $$"""{"symbol":"BTC/USDT","action":"buy","order_type":"market","trade_quantity":"0.001","id":"{{Guid.NewGuid()}}"}"""
                )
            ).Status.ShouldBe(HttpStatusCode.Accepted);
            await Until.True(async () => (await app.RowsAsync(trader)).All(s => s.Status == SignalStatus.Done));
        }

        (await app.RowsAsync(trader)).Count.ShouldBe(3);
    }
}
