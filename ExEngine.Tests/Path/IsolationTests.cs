using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExEngine.Core.Alarms;
using ExEngine.Core.Bots.Backtest.Jobs;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Data;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

/// <summary>
/// I8: no user sees or touches another user's rows. Goes over every route there is; a route with an id that is not known
/// here fails the test until someone says whose id it is.
/// </summary>
[NeedsServer]
public sealed class IsolationTests(DoorsApp app)
{
    /// <summary>Routes under <c>/api/auth</c> are for strangers by nature, or act on whoever is signed in.</summary>
    private const string Auth = "/api/auth";

    /// <summary>Ids that are nobody's: the same for every user.</summary>
    private static readonly string[] Shared = ["/api/exchanges/{id}"];

    [Fact]
    public async Task EveryRouteWithAnId_AnswersAStrangerAsIfItDidNotExist()
    {
        var owner = await app.SignUpAsync();
        var stranger = await app.SignUpAsync();
        var rows = await RowsAsync(owner);
        var before = await SnapshotAsync(rows);
        var swept = 0;
        foreach (var (method, pattern) in Routes().Where(r => r.Pattern.Parameters.Count > 0 && !IsShared(r.Pattern)))
        {
            var path = Fill(pattern, rows);
            var answer = await stranger.SendAsync(Request(method, path));
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, $"{method} {path}");
            (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("not_found", path);
            swept++;
        }

        swept.ShouldBeGreaterThan(10);
        (await SnapshotAsync(rows)).ShouldBe(before);
    }

    [Fact]
    public async Task EveryList_ShowsAStrangerNothingOfTheOwner()
    {
        var owner = await app.SignUpAsync();
        var stranger = await app.SignUpAsync();
        var rows = await RowsAsync(owner);
        foreach (var (method, pattern) in Routes().Where(r => r.Method == "GET" && r.Pattern.Parameters.Count == 0))
        {
            var path = Fill(pattern, rows);
            foreach (var query in rows.Values.Distinct().Select(id => $"?webhookId={id}&accountId={id}").Prepend(""))
            {
                var text = await (await stranger.SendAsync(Request(method, path + query))).Content.ReadAsStringAsync();
                foreach (var id in rows.Values)
                {
                    text.ShouldNotContain(id, Case.Insensitive, $"{method} {path}{query}");
                }
            }
        }
    }

    [Fact]
    public async Task EveryRoute_AnswersAnonymousCallers401()
    {
        var rows = await RowsAsync(await app.SignUpAsync());
        using var anonymous = new HttpClient { BaseAddress = app.Address };
        foreach (var (method, pattern) in Routes())
        {
            var path = IsShared(pattern) ? pattern.RawText!.Replace("{id}", "paper", StringComparison.Ordinal) : Fill(pattern, rows);
            var answer = await anonymous.SendAsync(Request(method, path));
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {path}");
        }
    }

    /// <summary>Every method of every route under <c>/api</c>.</summary>
    private List<(string Method, RoutePattern Pattern)> Routes()
    {
        var routes = app.Get<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e =>
                Text(e.RoutePattern).StartsWith("/api/", StringComparison.Ordinal)
                && !Text(e.RoutePattern).StartsWith(Auth, StringComparison.Ordinal)
            )
            .ToList();
        routes.ShouldAllBe(e => e.Metadata.GetMetadata<IAuthorizeData>() != null && e.Metadata.GetMetadata<IAllowAnonymous>() == null);
        return [.. routes.SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(m => (m, e.RoutePattern)))];
    }

    private static bool IsShared(RoutePattern pattern) => Shared.Any(s => Text(pattern).StartsWith(s, StringComparison.Ordinal));

    private static string Text(RoutePattern pattern) =>
        "/"
        + string.Join(
            '/',
            pattern.PathSegments.Select(s =>
                string.Concat(
                    s.Parts.Select(p =>
                        p switch
                        {
                            RoutePatternLiteralPart literal => literal.Content,
                            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
                            _ => "?",
                        }
                    )
                )
            )
        );

    private static string Fill(RoutePattern pattern, Dictionary<string, string> rows)
    {
        var text = Text(pattern);
        if (pattern.Parameters.Count == 0)
        {
            return text;
        }

        // Of the operator: /api/operator/users/{id}.
        var resource = text.Split('/')[2] is var first && first == "operator" ? text.Split('/')[3] : text.Split('/')[2];
        pattern
            .Parameters.Select(p => p.Name)
            .Where(p => p is not ("asset" or "deal" or "slot"))
            .ShouldBe(["id"], $"{text}: say here whose id this is");
        rows.ShouldContainKey(resource, $"{text}: make a row of an owner for /api/{resource} here, so that a stranger can be tried on it");
        return text.Replace("{id}", rows[resource], StringComparison.Ordinal)
            .Replace("{asset}", "BTC", StringComparison.Ordinal)
            .Replace("{deal}", "1", StringComparison.Ordinal)
            .Replace("{slot}", "g1", StringComparison.Ordinal);
    }

    private static HttpRequestMessage Request(string method, string path) =>
        new(new HttpMethod(method), path)
        {
            Content = method is "POST" or "PUT" or "PATCH"
                ? new StringContent("""{"name":"Taken over"}""", Encoding.UTF8, "application/json")
                : null,
        };

    /// <summary>One row of the owner per resource, by the resource's name in the URL.</summary>
    private async Task<Dictionary<string, string>> RowsAsync(HttpClient owner)
    {
        var webhook = await DoorsApp.WebhookAsync(owner);
        var id = webhook.GetProperty("id").GetString()!;
        return new()
        {
            ["accounts"] = webhook.GetProperty("accountId").GetString()!,
            ["webhooks"] = id,
            ["signals"] = await SignalAsync(id),
            ["orders"] = await OrderAsync(id),
            ["positions"] = await PositionAsync(id),
            ["bots"] = await BotAsync(id),
            ["alarms"] = await AlarmAsync(id),
            ["users"] = (await OwnerAsync(id)).ToString(),
            ["invitations"] = await InvitationAsync(id),
            ["backtests"] = await JobAsync(id, JobKind.Backtest),
            ["sweeps"] = await JobAsync(id, JobKind.Sweep),
        };
    }

    private async Task<Guid> OwnerAsync(string webhookId)
    {
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        return await db.Webhooks.Where(w => w.Id == Guid.Parse(webhookId)).Select(w => w.UserId).SingleAsync();
    }

    private async Task<string> InvitationAsync(string webhookId)
    {
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var at = app.Get<TimeProvider>().GetUtcNow().UtcDateTime;
        var invitation = new Invitation
        {
            Id = app.Get<SequentialIds>().Next(),
            UserId = await OwnerAsync(webhookId),
            TokenHash = Guid.NewGuid().ToByteArray(),
            CreatedAt = at,
            ExpiresAt = at.AddDays(1),
        };
        db.Add(invitation);
        await db.SaveChangesAsync();
        return invitation.Id.ToString();
    }

    private async Task<string> JobAsync(string webhookId, JobKind kind)
    {
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var at = app.Get<TimeProvider>().GetUtcNow().UtcDateTime;
        var job = new BacktestJob
        {
            Id = app.Get<SequentialIds>().Next(),
            UserId = await OwnerAsync(webhookId),
            Kind = kind,
            Name = "isolation",
            BotKind = "grid",
            Exchange = "paper",
            Symbol = "BTC/USDT",
            State = JobState.Done,
            Ask = "{}",
            DataKey = "",
            CreatedAt = at,
            BeatAt = at,
        };
        db.Add(job);
        await db.SaveChangesAsync();
        return job.Id.ToString();
    }

    private async Task<string> SignalAsync(string webhookId)
    {
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var webhook = await db.Webhooks.SingleAsync(w => w.Id == Guid.Parse(webhookId));
        var signal = new Signal
        {
            Id = app.Get<SequentialIds>().Next(),
            UserId = webhook.UserId,
            WebhookId = webhook.Id,
            AccountId = webhook.AccountId,
            ReceivedAt = webhook.CreatedAt,
            Preset = "native",
            Payload = "{}",
            Detail = "{}",
            SourceIp = "127.0.0.1",
            RequestId = "isolation",
        };
        db.Add(signal);
        await db.SaveChangesAsync();
        return signal.Id.ToString();
    }

    private async Task<string> OrderAsync(string webhookId)
    {
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var webhook = await db.Webhooks.SingleAsync(w => w.Id == Guid.Parse(webhookId));
        var id = app.Get<SequentialIds>().Next();
        db.Add(
            new Order
            {
                Id = id,
                UserId = webhook.UserId,
                AccountId = webhook.AccountId,
                OriginId = id,
                Leg = "enter",
                ClientId = id.ToString("N"),
                Symbol = "BTC/USDT",
                Quantity = 1,
                Status = OrderStatus.Open,
                CreatedAt = webhook.CreatedAt,
                UpdatedAt = webhook.CreatedAt,
            }
        );
        await db.SaveChangesAsync();
        return id.ToString();
    }

    private async Task<string> PositionAsync(string webhookId)
    {
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var webhook = await db.Webhooks.SingleAsync(w => w.Id == Guid.Parse(webhookId));
        var position = new Position
        {
            Id = app.Get<SequentialIds>().Next(),
            UserId = webhook.UserId,
            AccountId = webhook.AccountId,
            Symbol = "BTC/USDT",
            Base = "BTC",
            Quote = "USDT",
            Quantity = 1,
            OpenedAt = webhook.CreatedAt,
            UpdatedAt = webhook.CreatedAt,
        };
        db.Add(position);
        await db.SaveChangesAsync();
        return position.Id.ToString();
    }

    private async Task<string> BotAsync(string webhookId)
    {
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var webhook = await db.Webhooks.SingleAsync(w => w.Id == Guid.Parse(webhookId));
        var bot = new Bot
        {
            Id = app.Get<SequentialIds>().Next(),
            UserId = webhook.UserId,
            AccountId = webhook.AccountId,
            Kind = BotKind.Recurring,
            Name = "Bot",
            NormalizedName = "BOT",
            Symbol = "BTC/USDT",
            Settings = """{"amount":"10"}""",
            CreatedAt = webhook.CreatedAt,
            UpdatedAt = webhook.CreatedAt,
        };
        db.Add(bot);
        await db.SaveChangesAsync();
        return bot.Id.ToString();
    }

    private async Task<string> AlarmAsync(string webhookId)
    {
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var webhook = await db.Webhooks.SingleAsync(w => w.Id == Guid.Parse(webhookId));
        var alarm = new Alarm
        {
            Id = app.Get<SequentialIds>().Next(),
            UserId = webhook.UserId,
            Kind = AlarmKind.BooksDiffer,
            Subject = webhook.AccountId.ToString(),
            AccountId = webhook.AccountId,
            Message = "The exchange has less.",
            Since = webhook.CreatedAt,
        };
        db.Add(alarm);
        await db.SaveChangesAsync();
        return alarm.Id.ToString();
    }

    /// <summary>Everything of the owner's that a stranger could have changed.</summary>
    private async Task<string> SnapshotAsync(Dictionary<string, string> rows)
    {
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var owner = (await db.Webhooks.SingleAsync(w => w.Id == Guid.Parse(rows["webhooks"]))).UserId;
        return JsonSerializer.Serialize(
            new
            {
                user = await db.Users.AsNoTracking().SingleAsync(u => u.Id == owner),
                invitations = await db.Invitations.AsNoTracking().Where(i => i.UserId == owner).ToListAsync(),
                accounts = await db.ExchangeAccounts.AsNoTracking().Where(a => a.UserId == owner).OrderBy(a => a.Id).ToListAsync(),
                webhooks = await db.Webhooks.AsNoTracking().Where(w => w.UserId == owner).OrderBy(w => w.Id).ToListAsync(),
                orders = await db.Orders.AsNoTracking().Where(o => o.UserId == owner).OrderBy(o => o.Id).ToListAsync(),
                positions = await db.Positions.AsNoTracking().Where(p => p.UserId == owner).OrderBy(p => p.Id).ToListAsync(),
                alarms = await db.Alarms.AsNoTracking().Where(a => a.UserId == owner).OrderBy(a => a.Id).ToListAsync(),
                signals = await db.Signals.AsNoTracking().Where(s => s.UserId == owner).OrderBy(s => s.Id).ToListAsync(),
            }
        );
    }
}
