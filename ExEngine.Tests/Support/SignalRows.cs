using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Tests.Support;

/// <summary>Puts a user with an account, webhooks and signals straight into the database of an application.</summary>
public sealed class SignalRows(AppFactory app)
{
    private static int _names;

    public Guid UserId { get; } = app.Get<SequentialIds>().Next();
    public Guid AccountId { get; } = app.Get<SequentialIds>().Next();
    public Guid WebhookId { get; private set; }
    public string Email { get; } = $"trader{Interlocked.Increment(ref _names)}@example.org";

    public static async Task<SignalRows> NewAsync(AppFactory app, string webhook = "BTC breakout")
    {
        var rows = new SignalRows(app);
        await using var db = await rows.DatabaseAsync();
        db.Add(
            new AppUser
            {
                Id = rows.UserId,
                UserName = rows.Email,
                NormalizedUserName = rows.Email.ToUpperInvariant(),
                Email = rows.Email,
                NormalizedEmail = rows.Email.ToUpperInvariant(),
                SecurityStamp = Guid.NewGuid().ToString("N"),
                CreatedAt = rows.Now,
            }
        );
        db.Add(
            new ExchangeAccount
            {
                Id = rows.AccountId,
                UserId = rows.UserId,
                Name = "Paper",
                NormalizedName = "PAPER",
                Exchange = "paper",
                Mode = AccountMode.Paper,
                PaperBalances = """{"USDT":"10000"}""",
                CreatedAt = rows.Now,
                UpdatedAt = rows.Now,
            }
        );
        await db.SaveChangesAsync();
        rows.WebhookId = await rows.AddWebhookAsync(webhook);
        return rows;
    }

    public async Task<Guid> AddWebhookAsync(string name)
    {
        var id = app.Get<SequentialIds>().Next();
        await using var db = await DatabaseAsync();
        db.Add(
            new Webhook
            {
                Id = id,
                UserId = UserId,
                AccountId = AccountId,
                Name = name,
                NormalizedName = name.ToUpperInvariant(),
                TokenHash = WebhookToken.Hash(id.ToString()),
                TokenSealed = "",
                SecretSealed = "",
                Preset = "auto",
                CreatedAt = Now,
                UpdatedAt = Now,
            }
        );
        await db.SaveChangesAsync();
        return id;
    }

    /// <summary>From now on the user can sign in with <see cref="ApiClient.Password"/>.</summary>
    public async Task SetPasswordAsync()
    {
        await using var db = await DatabaseAsync();
        var user = await db.Users.SingleAsync(u => u.Id == UserId);
        user.PasswordHash = new PasswordHasher<AppUser>().HashPassword(user, ApiClient.Password);
        await db.SaveChangesAsync();
    }

    /// <summary>Adds signals in this order, each received now and committed 4 ms later unless it says otherwise.</summary>
    public async Task<IReadOnlyList<Guid>> AddAsync(params IEnumerable<Action<Signal>> changes)
    {
        var ids = new List<Guid>();
        await using var db = await DatabaseAsync();
        foreach (var change in changes)
        {
            var batch = new SignalBatch { Id = app.Get<SequentialIds>().Next() };
            var signal = New(batch.Id);
            change(signal);
            batch.CommittedAt = signal.ReceivedAt.AddMilliseconds(4);
            db.Add(signal);
            db.Add(batch);
            ids.Add(signal.Id);
        }

        await db.SaveChangesAsync();
        return ids;
    }

    public Task<IReadOnlyList<Guid>> AddAsync(int count) => AddAsync(Enumerable.Repeat<Action<Signal>>(_ => { }, count));

    public Task<AppDb> DatabaseAsync() => app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();

    private DateTime Now => app.Get<TimeProvider>().GetUtcNow().UtcDateTime;

    private Signal New(Guid batchId)
    {
        // Whole microseconds, as the detail and PostgreSQL keep them. One look at the clock: a second one is later.
        var read = Now;
        var now = read.AddTicks(-(read.Ticks % TimeSpan.TicksPerMicrosecond));
        return new Signal
        {
            Id = app.Get<SequentialIds>().Next(),
            UserId = UserId,
            WebhookId = WebhookId,
            AccountId = AccountId,
            ReceivedAt = now,
            BatchId = batchId,
            Status = SignalStatus.Accepted,
            Preset = "native",
            Symbol = "BTC/USDT",
            Action = "buy",
            Size = "0.001 BTC",
            Payload = """{"symbol":"BTC/USDT","action":"buy","trade_quantity":"0.001"}""",
            Detail = JsonSerializer.Serialize(
                new SignalDetail { Timeline = [new("received", now), new("authenticated", now.AddMilliseconds(1))] },
                ExactJson.Options
            ),
            SourceIp = "127.0.0.1",
            RequestId = "test",
        };
    }
}
