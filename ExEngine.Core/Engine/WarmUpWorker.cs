using ExEngine.Core.Data;
using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Engine.Planning;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Hosting;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Reconciliation;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Engine;

/// <summary>
/// Takes a made-up alert along the path of real ones, some seconds after the start and in the background: what .NET compiles and what
/// queries are translated at their first use is then not paid for by the first order. It belongs to nobody and its transaction is
/// rolled back, because there is no row of it that could be moved on: the commit fails before anything is sent.
/// </summary>
internal sealed class WarmUpWorker(
    SignalIntake intake,
    WebhookCache webhooks,
    AccountReader reader,
    AccountLeases leases,
    DueSignalPlanner signals,
    ExchangeFactory exchanges,
    MarketCatalog markets,
    OrderHistoryReader history,
    SequentialIds ids,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    IOptions<ExecutionOptions> options,
    ILogger<WarmUpWorker> logger
) : BackgroundService
{
    /// <summary>.NET compiles for good what was called thirty times.</summary>
    private const int Rounds = 30;

    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(1);

    // The first round does most of it; the others are in nobody's way.
    private static readonly TimeSpan RoundDelay = TimeSpan.FromMilliseconds(200);
    private static readonly SignalRules Rules = new("auto", TimeSpan.MaxValue, Rounding.Reject, null, null);

    private static readonly ExchangeAccount Account = new()
    {
        Id = new Guid("00000000-0000-7000-8000-000000000001"),
        Name = "",
        NormalizedName = "",
        Exchange = ExchangeInfo.Paper,
        Mode = AccountMode.Paper,
    };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        try
        {
            await lifetime.WaitForStartAsync(stoppingToken);
            await Task.Delay(AfterStart, time, stoppingToken);
            await WarmUpAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogDebug("The warm-up failed; the first orders after this start take longer: {Reason}", e.Message);
        }
    }

    private async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        // Another instance on this database is at it: what it needs is compiled here all the same, by the first order.
        if (await leases.TakeAsync(Account.Id, cancellationToken) is not { } claim)
        {
            return;
        }

        try
        {
            var session = new AccountSession(claim, Account, exchanges.Of(Account), markets);
            var inFlight = new InFlightRequests(() => { }, () => { }, history, time);
            for (var round = 0; round < Rounds; round++)
            {
                await webhooks.FindAsync(WebhookToken.New(), cancellationToken);
                await reader.StateAsync(Account.Id, cancellationToken);
                await PlanAsync(session, inFlight, cancellationToken);
                await Task.Delay(RoundDelay, time, cancellationToken);
            }
        }
        finally
        {
            await leases.GiveBackAsync(claim, CancellationToken.None);
        }
    }

    private async Task PlanAsync(AccountSession session, InFlightRequests inFlight, CancellationToken cancellationToken)
    {
        try
        {
            await signals.PlanAsync(
                session,
                new AccountState([], [await SignalAsync(cancellationToken)], [], null),
                inFlight,
                cancellationToken
            );
        }
        catch (DbUpdateConcurrencyException)
        {
            // As it should: there is no such signal.
        }
    }

    private async Task<WaitingSignal> SignalAsync(CancellationToken cancellationToken)
    {
        var payload = """{"ticker":"BTC/USDT","action":"buy","order_type":"market","quantity":"1"}"""u8.ToArray();
        var (preset, findings) = await intake.DryRunAsync(Rules, Account.Exchange, payload, cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var signal = new Signal
        {
            Id = ids.Next(),
            AccountId = Account.Id,
            ReceivedAt = now,
            DueAt = now,
            Status = findings.Status,
            Preset = preset,
            Symbol = findings.Symbol,
            Payload = "",
            Detail = SignalDetailJson.Write(findings.Detail),
            SourceIp = "",
            RequestId = "",
        };
        return new WaitingSignal(signal, null);
    }
}
