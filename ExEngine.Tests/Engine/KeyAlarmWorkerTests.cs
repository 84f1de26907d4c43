using ExEngine.Core.Alarms;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExEngine.Tests.Engine;

[NeedsServer]
public sealed class KeyAlarmWorkerTests
{
    [Fact]
    public async Task RefusedKey_IsAnAlarmUntilItIsTakenAgain()
    {
        await using var app = new AppFactory();
        var rows = await SignalRows.NewAsync(app);

        await SayAsync(app, rows, KeyState.Rejected);
        await Until.True(async () => (await AlarmsAsync(app, rows)) is [{ Kind: AlarmKind.KeyRefused }]);
        await SayAsync(app, rows, KeyState.Accepted);
        await Until.True(async () => (await AlarmsAsync(app, rows)).Count == 0);
    }

    private static Task<IReadOnlyList<Alarm>> AlarmsAsync(AppFactory app, SignalRows rows) =>
        app.Get<AlarmService>().ListAsync(rows.UserId, open: true, null, 10, default);

    private static async Task SayAsync(AppFactory app, SignalRows rows, KeyState state)
    {
        await using var db = await rows.DatabaseAsync();
        await db
            .ExchangeAccounts.Where(a => a.Id == rows.AccountId)
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.KeyState, state).SetProperty(a => a.Mode, AccountMode.Live));
        app.Get<ChangeFeed>().Publish(new ChangeEvent(rows.UserId, ChangeKind.ExchangeAccount, rows.AccountId));
    }
}
