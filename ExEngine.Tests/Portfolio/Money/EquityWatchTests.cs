using System.Net.Http.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Orders;
using ExEngine.Core.Portfolio.Money;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Portfolio.Money;

/// <summary>When snapshots are taken, by a clock that the test moves.</summary>
[NeedsServer]
public sealed class EquityWatchTests : IAsyncDisposable
{
    private readonly OffsetClock _clock = new();
    private readonly AppFactory _app;

    public EquityWatchTests() => _app = new AppFactory().With(s => s.AddSingleton<TimeProvider>(_clock));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Fill_IsFollowedByASnapshot_OnceAMinuteAndNeverMissed()
    {
        var rows = await SignalRows.NewAsync(_app);
        ToWholeMinute();
        await FillAsync(rows);
        await LookAsync();
        (await CountAsync(rows)).ShouldBe(0, "three seconds after the fill");

        await AfterAsync(3);
        (await CountAsync(rows)).ShouldBe(1);

        // Another fill within the same minute waits for the next one.
        await FillAsync(rows);
        await AfterAsync(3);
        (await CountAsync(rows)).ShouldBe(1);
        await AfterAsync(60);
        (await CountAsync(rows)).ShouldBe(2);

        // What is no fill, such as a stop that trails, is no reason for one.
        Tell(rows);
        await AfterAsync(60);
        await AfterAsync(60);
        (await CountAsync(rows)).ShouldBe(2);
    }

    [Fact]
    public async Task EveryAccount_HasOneInASlot_HoweverOftenIsLooked()
    {
        var (one, two) = (await SignalRows.NewAsync(_app), await SignalRows.NewAsync(_app));
        var slot = new DateTime(2026, 5, 4, 12, 0, 0, DateTimeKind.Utc);
        await _app.Get<EquityWatch>().TakeAllAsync(slot, CancellationToken.None);
        await _app.Get<EquityWatch>().TakeAllAsync(slot, CancellationToken.None);

        (await CountAsync(one), await CountAsync(two)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task NewAccount_HasItsFirstSnapshotAMomentLater()
    {
        await using var app = new AppFactory { ["Equity:Enabled"] = "true" };
        using var trader = await ApiClient.SignUpAsync(app.Address);
        var balances = new Dictionary<string, string> { ["USDT"] = "2500" };
        var input = new
        {
            name = "Paper",
            exchange = "paper",
            mode = "paper",
            paperBalances = balances,
        };
        var account = await ApiClient.SucceedAsync(await trader.PostAsJsonAsync("/api/accounts", input));
        var id = account.GetProperty("id").GetGuid();

        async Task<bool> IsThereAsync()
        {
            await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
            return (await db.EquitySnapshots.FirstOrDefaultAsync(s => s.AccountId == id))?.Equity == 2_500m;
        }

        await Until.True(IsThereAsync, TimeSpan.FromMinutes(3));
    }

    private async Task FillAsync(SignalRows rows)
    {
        await new OrderRows(_app, rows).AddAsync(o => (o.Status, o.FilledQuantity, o.ExecutedCost) = (OrderStatus.Filled, 0.01m, 995m));
        Tell(rows);
    }

    // The watch itself is off in tests: its steps are made by hand.
    private void Tell(SignalRows rows) =>
        _app.Get<EquityWatch>().Hear(new ChangeEvent(rows.UserId, ChangeKind.Position, Guid.NewGuid(), rows.AccountId));

    private Task AfterAsync(int seconds)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        return LookAsync();
    }

    private Task LookAsync() => _app.Get<EquityWatch>().TakeDueAsync(CancellationToken.None);

    // So that what follows within seconds is within the minute.
    private void ToWholeMinute()
    {
        var now = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerMinute - (now.Ticks % TimeSpan.TicksPerMinute)));
    }

    private async Task<int> CountAsync(SignalRows rows)
    {
        await using var db = await _app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        return await db.EquitySnapshots.CountAsync(s => s.AccountId == rows.AccountId);
    }
}
