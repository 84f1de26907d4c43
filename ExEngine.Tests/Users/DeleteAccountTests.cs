using System.Net;
using ExEngine.Core.Alarms;
using ExEngine.Core.Bots.Backtest.Jobs;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Core.Orders;
using ExEngine.Core.Portfolio.Money;
using ExEngine.Core.Positions;
using ExEngine.Core.Preferences;
using ExEngine.Core.Risk;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

[Collection(nameof(UsersApp))]
[NeedsServer]
public sealed class DeleteAccountTests(UsersApp app)
{
    private static readonly DateTime At = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [Fact]
    public async Task DeletedAccount_TakesEveryRowOfItsUserAndNobodyElses()
    {
        using var mine = app.Visit();
        await mine.RegisterByPageAsync();
        using var other = app.Visit();
        await other.RegisterByPageAsync();
        using var script = await new Visitor(app.Address) { Email = mine.Email }.TakeTokensAsync(register: false);
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var me = await SeedAsync(db, mine.Email);
        var them = await SeedAsync(db, other.Email);
        var tables = TablesOfUsers(db);
        foreach (var table in tables)
        {
            (await CountAsync(db, table, me)).ShouldBeGreaterThan(
                0,
                $"{table.GetTableName()} has a user: seed a row of it here, delete it in UserRows"
            );
        }

        var heard = new List<ChangeKind>();
        using (app.Get<ChangeFeed>().Subscribe(me, e => heard.Add(e.Kind)))
        {
            var done = await mine.SubmitAsync("/account/profile/delete", "delete");
            mine.GoesTo(done).ShouldBe("/account/sign-in?done=AccountDeleted");
        }

        foreach (var table in tables)
        {
            (await CountAsync(db, table, me)).ShouldBe(0, table.GetTableName());
            (await CountAsync(db, table, them)).ShouldBe(1, table.GetTableName());
        }

        (await db.Users.Select(u => u.Id).ToListAsync()).ShouldNotContain(me);
        (await db.RejectedRequestCounts.CountAsync(c => c.WebhookId == me)).ShouldBe(0);
        (await db.RejectedRequestCounts.CountAsync(c => c.WebhookId == them)).ShouldBe(1);
        (await db.AuthFailureCounts.CountAsync(c => c.WebhookId == me)).ShouldBe(0);
        (await db.AuthFailureCounts.CountAsync(c => c.WebhookId == them)).ShouldBe(1);
        heard.ShouldContain(ChangeKind.Webhook);
        (await mine.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        (await script.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        (await mine.SignInByApiAsync()).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    // One row in every table; account, webhook and signal have the user's own id, which keeps this short.
    private static async Task<Guid> SeedAsync(AppDb db, string email)
    {
        var id = await db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync();
        db.ExchangeAccounts.Add(
            new ExchangeAccount
            {
                Id = id,
                UserId = id,
                Name = "a",
                NormalizedName = "A",
                Exchange = "paper",
                CreatedAt = At,
                UpdatedAt = At,
            }
        );
        db.BacktestJobs.Add(
            new BacktestJob
            {
                Id = id,
                UserId = id,
                Name = "b",
                BotKind = "grid",
                Exchange = "paper",
                Symbol = "BTC/USDT",
                Ask = "{}",
                DataKey = "",
                CreatedAt = At,
                BeatAt = At,
            }
        );
        db.PaperLedgers.Add(
            new PaperLedger
            {
                AccountId = id,
                UserId = id,
                Exchange = "paper",
                OpenedAt = At,
            }
        );
        db.EquitySnapshots.Add(
            new EquitySnapshot
            {
                AccountId = id,
                UserId = id,
                Slot = At,
                At = At,
                Currency = "USDT",
            }
        );
        db.AccountFlows.Add(
            new AccountFlow
            {
                AccountId = id,
                UserId = id,
                Currency = "USDT",
                Assets = "{}",
                CountedTo = At,
            }
        );
        db.Bots.Add(
            new Bot
            {
                Id = id,
                UserId = id,
                AccountId = id,
                Name = "b",
                NormalizedName = "B",
                Symbol = "BTC/USDT",
                Settings = "{}",
                CreatedAt = At,
                UpdatedAt = At,
            }
        );
        db.BotRequests.Add(
            new BotRequest
            {
                Id = id,
                UserId = id,
                AccountId = id,
                BotId = id,
                Event = "{}",
                At = At,
            }
        );
        db.BotDeals.Add(
            new BotDeal
            {
                BotId = id,
                Number = 1,
                UserId = id,
                AccountId = id,
                OpenedAt = At,
                ClosedAt = At,
            }
        );
        db.BotJournal.Add(
            new BotJournalEntry
            {
                Id = id,
                UserId = id,
                AccountId = id,
                BotId = id,
                At = At,
                Text = "t",
            }
        );
        db.Webhooks.Add(
            new Webhook
            {
                Id = id,
                UserId = id,
                AccountId = id,
                Name = "w",
                NormalizedName = "W",
                TokenHash = id.ToByteArray(),
                TokenSealed = "",
                SecretSealed = "",
                Preset = "native",
                CreatedAt = At,
                UpdatedAt = At,
            }
        );
        db.RejectedRequestCounts.Add(
            new RejectedRequestCount
            {
                WebhookId = id,
                Day = DateOnly.FromDateTime(At),
                LastAt = At,
            }
        );
        db.AuthFailureCounts.Add(
            new AuthFailureCount
            {
                WebhookId = id,
                Day = DateOnly.FromDateTime(At),
                Failure = AuthFailure.SecretWrong,
                Since = At,
                LastAt = At,
            }
        );
        db.Alarms.Add(
            new Alarm
            {
                Id = id,
                UserId = id,
                Kind = AlarmKind.BooksDiffer,
                Subject = "a",
                Message = "m",
                Since = At,
            }
        );
        db.Signals.Add(
            new Signal
            {
                Id = id,
                UserId = id,
                WebhookId = id,
                AccountId = id,
                Preset = "native",
                Payload = "",
                Detail = "{}",
                SourceIp = "",
                RequestId = "",
                ReceivedAt = At,
            }
        );
        db.Orders.Add(
            new Order
            {
                Id = id,
                UserId = id,
                AccountId = id,
                OriginId = id,
                Leg = "enter",
                ClientId = id.ToString("N"),
                Symbol = "BTC/USDT",
                CreatedAt = At,
                UpdatedAt = At,
            }
        );
        db.OrderTransitions.Add(
            new OrderTransition
            {
                Id = id,
                UserId = id,
                OrderId = id,
                At = At,
            }
        );
        db.Fills.Add(
            new Fill
            {
                Id = id,
                UserId = id,
                AccountId = id,
                OrderId = id,
                Symbol = "BTC/USDT",
                ExchangeTradeId = "1",
                At = At,
                StoredAt = At,
            }
        );
        db.Positions.Add(
            new Position
            {
                Id = id,
                UserId = id,
                AccountId = id,
                Symbol = "BTC/USDT",
                Base = "BTC",
                Quote = "USDT",
                UpdatedAt = At,
            }
        );
        db.RiskSettings.Add(
            new RiskSetting
            {
                ScopeId = id,
                UserId = id,
                UpdatedAt = At,
            }
        );
        db.Preferences.Add(new UserPreferences { UserId = id });
        db.Invitations.Add(
            new Invitation
            {
                Id = id,
                UserId = id,
                TokenHash = id.ToByteArray(),
                CreatedAt = At,
                ExpiresAt = At,
            }
        );
        db.UserTokens.Add(
            new()
            {
                UserId = id,
                LoginProvider = "p",
                Name = "n",
                Value = "v",
            }
        );
        db.UserClaims.Add(
            new()
            {
                UserId = id,
                ClaimType = "t",
                ClaimValue = "v",
            }
        );
        db.UserLogins.Add(
            new()
            {
                UserId = id,
                LoginProvider = "p",
                ProviderKey = id.ToString(),
            }
        );
        var passkey = new IdentityPasskeyData
        {
            PublicKey = [],
            AttestationObject = [],
            ClientDataJson = [],
            Transports = [],
        };
        db.UserPasskeys.Add(
            new()
            {
                UserId = id,
                CredentialId = id.ToByteArray(),
                Data = passkey,
            }
        );
        await db.SaveChangesAsync();
        return id;
    }

    private static List<IEntityType> TablesOfUsers(AppDb db) =>
        [.. db.Model.GetEntityTypes().Where(e => e.FindProperty("UserId") is not null && e.GetTableName() is not null)];

    private static Task<int> CountAsync(AppDb db, IEntityType table, Guid userId)
    {
        var sql = $"SELECT COUNT(*) AS \"Value\" FROM \"{table.GetTableName()}\" WHERE user_id = {{0}}";
        return db.Database.SqlQueryRaw<int>(sql, userId).SingleAsync();
    }
}
