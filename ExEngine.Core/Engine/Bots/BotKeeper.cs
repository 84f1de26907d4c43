using System.Text.Json;
using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Bots.Starts;
using ExEngine.Core.Data;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Risk;
using ExEngine.Core.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Engine.Bots;

/// <summary>
/// Runs the bots of an account: tells each planner what happened, and when a price or a time that it waits for has come. What it plans is
/// one commit, by <see cref="BotWriter"/>.
/// </summary>
internal sealed class BotKeeper(
    IDbContextFactory<AppDb> databases,
    BotNewsReader news,
    BotFunds funds,
    BotWriter writer,
    BotGrounds grounds,
    StartWatch starts,
    PriceFeed prices,
    ExchangeReach reach,
    RateSource rates,
    BotMeter meter,
    TimeProvider time,
    ILogger<BotKeeper> logger
)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(10);

    /// <summary>Nothing tells a bot that its exchange or its market is back.</summary>
    private static readonly TimeSpan WhileAway = TimeSpan.FromSeconds(2);

    /// <returns>UTC of the next look, if no price, fill or order comes before; the past when something was written and is to be read
    /// again.</returns>
    public async Task<DateTime> KeepAsync(AccountSession session, AccountState state, AccountBots bots, CancellationToken cancellationToken)
    {
        if (bots.IsDue(Now))
        {
            await ReadAsync(session.Id, bots, cancellationToken);
        }

        bots.Note(state);
        var next = DateTime.MaxValue;
        List<Order> planned = [];
        foreach (var bot in bots.All)
        {
            var at = await TryKeepAsync(session, state, bots, bot, planned, cancellationToken);
            next = at < next ? at : next;
        }

        return next;
    }

    /// <summary>Wakes when candles of start conditions have come.</summary>
    public IDisposable Watch(string exchange, Action wake) => starts.Watch(exchange, wake);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task ReadAsync(Guid accountId, AccountBots bots, CancellationToken cancellationToken)
    {
        bots.BeginRead(Now);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var rows = await db
                .Bots.AsNoTracking()
                .Where(b => b.AccountId == accountId)
                // What is executed after the end counts too.
                .Where(b => Bot.ActiveStatuses.Contains(b.Status) || db.Fills.Any(f => f.OwnerId == b.Id && f.IsUntold != null))
                .OrderBy(b => b.Id)
                .ToListAsync(cancellationToken);
            var asking = rows.Where(r => r.HasRequests).Select(r => r.Id).ToList();
            var requests =
                asking.Count == 0
                    ? []
                    : await db
                        .BotRequests.AsNoTracking()
                        .Where(r => asking.Contains(r.BotId) && r.DoneAt == null)
                        .ToListAsync(cancellationToken);
            bots.Take(rows, requests.ToLookup(r => r.BotId));
        }
        catch
        {
            bots.MarkChanged();
            throw;
        }
    }

    // One bot's trouble is not the others'.
    private async Task<DateTime> TryKeepAsync(
        AccountSession session,
        AccountState state,
        AccountBots bots,
        RunningBot bot,
        List<Order> planned,
        CancellationToken cancellationToken
    )
    {
        if (bot.NotBefore > Now)
        {
            return bot.NotBefore;
        }

        try
        {
            return await KeepAsync(session, state, bots, bot, planned, cancellationToken);
        }
        catch (Exception e) when (e is ArithmeticException or InvalidOperationException or JsonException)
        {
            logger.LogCritical(e, "Bot {Bot}: it cannot be planned; its orders stay as they are", bot.Row.Id);
            bots.MarkChanged();
            return bot.NotBefore = Now + RetryDelay;
        }
    }

    private async Task<DateTime> KeepAsync(
        AccountSession session,
        AccountState state,
        AccountBots bots,
        RunningBot bot,
        List<Order> planned,
        CancellationToken cancellationToken
    )
    {
        var (now, price) = (Now, prices.Fresh(session.Account.Exchange, bot.Row.Symbol));
        var hasCandles = bot.LookAtStart(starts, session.Account.Exchange, now);
        if (!bot.HasNews && !hasCandles && bot.Requests.Count == 0 && !Wants(bot.Interest, price?.Last, now))
        {
            return bot.Interest.At ?? DateTime.MaxValue;
        }

        if (await session.MarketAsync(bot.Row.Symbol, cancellationToken) is not { } market)
        {
            return now + Again;
        }

        var heardAt = price?.At;
        var told = bot.HasNews ? await news.ReadAsync(bot, state, cancellationToken) : BotNews.None;
        bot.FeeCoin = told.FeeAsset is { } asset ? CoinOf(asset, market) : bot.FeeCoin;
        var events = told.Events.Concat(bot.Requests.Select(EventOf)).ToList();
        if (events.Count > 0 && bot.Program.WaitsForFunds)
        {
            events.Add(new BotEvent.FundsChanged());
        }

        // A price from before a fill says nothing about what the fill made: the next one is waited for.
        if (told.LastFillAt > price?.At)
        {
            prices.Ask(session.Account.Exchange, bot.Row.Symbol);
            price = null;
        }

        var fees = grounds.Ground(session.Account, market).Fees;
        var context = new BotContext
        {
            Market = market,
            Fees = fees with { Coin = bot.FeeCoin ?? fees.Coin },
            Now = now,
            Price = price?.Last,
            Start = bot.Start,
            IsReachable = bot.Row.Status != BotStatus.Paused && IsReachable(session),
        };
        var step = bot.Program.Plan(context, events);
        if (step.Actions.OfType<BotAction.Place>().Any() || bot.Program.NeedsEquity)
        {
            var (orders, needsEquity) = (state.Orders, bot.Program.NeedsEquity);
            if (await funds.AddAsync(session, context, orders, planned, needsEquity, cancellationToken) is not var (sure, maybe))
            {
                return now + Again;
            }

            (context, step) = (sure, bot.Program.Plan(sure, events));
            if (maybe != sure && Places(bot.Program.Plan(maybe, events)) > Places(step) && now - (bot.WaitsSince ??= now) < MaxWait)
            {
                // An order is on its way, and the balances may know it already: its answer, in a moment, tells.
                return now + Moment;
            }

            bot.WaitsSince = null;
        }

        if (events.Count == 0 && step.Actions.Count == 0 && step.After.State == bot.Program.State)
        {
            bot.Count();
            return Rest(bot, context, step.Interest);
        }

        return await WriteAsync(session, bots, bot, new(context, step, told, told.TradedAt ?? heardAt), planned, cancellationToken);
    }

    private async Task<DateTime> WriteAsync(
        AccountSession session,
        AccountBots bots,
        RunningBot bot,
        BotDecision decision,
        List<Order> planned,
        CancellationToken cancellationToken
    )
    {
        var written = await writer.WriteAsync(session, bot, decision, mayFetch: true, cancellationToken);
        if (written.Missing is { } verdict)
        {
            // Outside of any transaction, and once; then limits are judged by prices of now.
            await rates.FetchAsync(verdict.Missing!, verdict.Currency, cancellationToken);
            written = await writer.WriteAsync(session, bot, decision, mayFetch: false, cancellationToken);
        }

        if (written.After is not { } after)
        {
            bots.MarkChanged();
            return DateTime.MinValue;
        }

        if (written.Orders.Count > 0 && decision.Since is { } since)
        {
            meter.Acted(since, Now);
        }

        planned.AddRange(written.Orders);
        bot.Take(written.Row!, after);
        bot.Count();
        bot.Requests = [];
        var next = Rest(bot, decision.Context, written.Interest);
        if (!bot.Row.IsActive)
        {
            bots.MarkChanged();
        }

        return written.IsToBeRead ? DateTime.MinValue : next;
    }

    /// <returns>UTC of the next look.</returns>
    private static DateTime Rest(RunningBot bot, BotContext context, BotInterest planned)
    {
        var isAway = bot.Row is { IsActive: true, Status: not BotStatus.Paused } && !(context.IsReachable && context.Market.Active);
        var again = context.Now + WhileAway;
        var interest = isAway && !(planned.At < again) ? planned with { At = again } : planned;
        bot.Interest = context.Price is null ? BotInterest.Always : interest;
        return interest.At ?? DateTime.MaxValue;
    }

    private static int Places(BotStep step) => step.Actions.Count(a => a is BotAction.Place);

    private static bool Wants(BotInterest interest, decimal? price, DateTime now) =>
        price is { } last ? interest.Wants(last, now) : now >= interest.At;

    private bool IsReachable(AccountSession session) => session.Account.Mode == AccountMode.Paper || reach.AwaySince(session.Id) is null;

    private static FeeCoin CoinOf(string asset, Market market) =>
        asset == market.Base ? FeeCoin.Base
        : asset == market.Quote ? FeeCoin.Quote
        : FeeCoin.Third;

    private static BotEvent EventOf(BotRequest request) =>
        JsonSerializer.Deserialize<BotEvent>(request.Event, ExactJson.Options) ?? throw new JsonException("A request is expected.");
}

/// <summary>What is to be written: a plan, by what it was made, and what it was told.</summary>
/// <param name="Since">UTC of the trade, or the price, that it answers.</param>
internal sealed record BotDecision(BotContext Context, BotStep Step, BotNews News, DateTime? Since);
