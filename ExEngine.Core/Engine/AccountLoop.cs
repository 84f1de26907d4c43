using ExEngine.Core.Engine.Bots;
using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Engine.Planning;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Hosting;
using ExEngine.Core.Orders;
using ExEngine.Core.Reconciliation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Engine;

/// <summary>
/// The one writer of an account while its lease lasts: writes what came back from the exchange, plans what is due, sends, asks
/// and cancels, keeps protection, runs the bots, sleeps until something happens. It keeps nothing that it could not read again: a crash at
/// any point, and the next lease holder goes on from the rows.
/// </summary>
internal sealed class AccountLoop : IDisposable
{
    private static readonly TimeSpan MaxSleep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>The most races in a row before they are treated as a fault.</summary>
    private const int MaxRaces = 10;

    private readonly AccountClaim _claim;
    private readonly LeaseRenewal _lease;
    private readonly AccountReader _reader;
    private readonly AccountReading _reading;
    private readonly ExchangeFactory _exchanges;
    private readonly MarketCatalog _markets;
    private readonly ExecutionReportHandler _reports;
    private readonly DueSignalPlanner _signals;
    private readonly PositionClosing _closing;
    private readonly OrderDispatcher _dispatcher;
    private readonly AccountWatch _watch;
    private readonly TimeProvider _time;
    private readonly ExecutionOptions _options;
    private readonly ILogger<AccountLoop> _logger;
    private readonly WakeSignal _wake;
    private readonly InFlightRequests _inFlight;
    private readonly PriceWork _prices;
    private readonly DirtySymbols _dirty = new();
    private volatile HashSet<string> _awaited = [];
    private ExchangeAccount _account;
    private volatile bool _accountChanged;
    private volatile bool _changed = true;
    private AccountState? _state;
    private DateTime _due;
    private int _races;
    private volatile bool _isLost;
    private volatile bool _pollsEnded;
    private DateTime _busyAt;

    public AccountLoop(
        AccountClaim claim,
        ExchangeAccount account,
        AccountLeases leases,
        AccountReader reader,
        ExchangeFactory exchanges,
        MarketCatalog markets,
        PriceFeed prices,
        OrderHistoryReader history,
        ExecutionReportHandler reports,
        DueSignalPlanner signals,
        PositionClosing closing,
        OrderDispatcher dispatcher,
        ProtectionKeeper protection,
        BotKeeper bots,
        AccountWatch watch,
        TimeProvider time,
        IOptions<ExecutionOptions> options,
        ILogger<AccountLoop> logger
    )
    {
        (_claim, _account, _reader, _exchanges, _markets) = (claim, account, reader, exchanges, markets);
        (_reports, _signals, _closing, _dispatcher, _watch) = (reports, signals, closing, dispatcher, watch);
        (_time, _options, _logger) = (time, options.Value, logger);
        _lease = new LeaseRenewal(leases, claim, options.Value.Lease, time, logger);
        _reading = new AccountReading(reader, account.Id, time);
        _wake = new WakeSignal(time);
        _inFlight = new InFlightRequests(WakeToRead, EndPolls, history, time);
        _prices = new PriceWork(protection, bots, new(prices, account.Exchange, _wake.Set), bots.Watch(account.Exchange, _wake.Set));
    }

    public void Dispose() => _prices.Dispose();

    public Guid UserId => _account.UserId;

    /// <summary>
    /// Something of this account changed, or of this user and maybe here. A notice is read when there is something to do anyway.
    /// </summary>
    public void Wake(ChangeEvent e)
    {
        _accountChanged |= e.Kind == ChangeKind.ExchangeAccount;
        _changed = true;
        if (!e.IsNotice)
        {
            _prices.Hear(e);
            _wake.Set();
        }
    }

    /// <summary>Returns when there has been nothing to do for long, or on stopping once nothing is on its way.</summary>
    /// <exception cref="LeaseLostException">Another instance owns the account now.</exception>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        _busyAt = Now();
        using var beside = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var changes = new StreamListener(() => _exchanges.Of(_account), Hear, _time, _logger).ListenAsync(_account.Id, beside.Token);
        var lease = _lease.KeepAsync(LoseLease, beside.Token);
        try
        {
            while (!stoppingToken.IsCancellationRequested && Now() - _busyAt < _options.KeepIdle)
            {
                var sleep = await TryStepAsync(stoppingToken) - Now();
                await SleepAsync(sleep < MaxSleep ? sleep : MaxSleep, stoppingToken);
            }

            await LastReportsAsync();
        }
        finally
        {
            await beside.CancelAsync();
            await changes;
            await lease;
        }
    }

    private AccountSession Session() => new(_claim, _account, _exchanges.Of(_account), _markets);

    private DateTime Now() => _time.GetUtcNow().UtcDateTime;

    private void LoseLease()
    {
        _isLost = true;
        _wake.Set();
    }

    // Something is to be read; a price alone only wakes.
    private void WakeToRead()
    {
        _changed = true;
        _wake.Set();
    }

    private void EndPolls()
    {
        _pollsEnded = true;
        _wake.Set();
    }

    // Most of what a stream tells of an account is what the answer to a sending tells as well: that alone wakes nobody.
    private void Hear(string symbol)
    {
        _dirty.Add(symbol);
        if (symbol == DirtySymbols.Anywhere || _awaited.Contains(symbol))
        {
            WakeToRead();
        }
    }

    private async Task SleepAsync(TimeSpan longest, CancellationToken stoppingToken)
    {
        try
        {
            await _wake.WaitAsync(longest, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the loop's condition tells.
        }
    }

    /// <returns>UTC of the next thing to do, if nothing happens before.</returns>
    private async Task<DateTime> TryStepAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RefreshAsync(stoppingToken);
            var next = await StepAsync(stoppingToken);
            _races = 0;
            return next;
        }
        catch (DbUpdateConcurrencyException) when (++_races < MaxRaces)
        {
            // Somebody changed a row between its reading and its writing: nothing was written, and what is there now is read at once.
            _logger.LogDebug("Account {Account}: a position changed meanwhile; it is read again", _account.Id);
            _changed = true;
            _reading.Forget();
            return Now();
        }
        catch (Exception e) when (e is not LeaseLostException)
        {
            _changed = true;
            _reading.Forget();
            if (!stoppingToken.IsCancellationRequested)
            {
                _logger.LogError(
                    e,
                    "Account {Account}: a step failed; what is written stays and is taken up again in {Pause} s",
                    _account.Id,
                    RetryDelay.TotalSeconds
                );
            }

            return Now() + RetryDelay;
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (_isLost)
        {
            throw new LeaseLostException(_account.Id);
        }

        if (_accountChanged)
        {
            _accountChanged = false;
            _account = await _reader.AccountAsync(_account.Id, cancellationToken) ?? _account;
        }
    }

    private Task<DateTime> StepAsync(CancellationToken cancellationToken)
    {
        var session = Session();
        if (_changed || _state is null || Now() >= _due || _inFlight.Peek() is not null)
        {
            return ReadAndDoAsync(session, cancellationToken);
        }

        if (_pollsEnded)
        {
            // What was polled and found unchanged is taken note of; only when to ask again is new. A price alone costs none of this.
            _pollsEnded = false;
            var polls = _dispatcher.Poll(session, _state, _inFlight);
            _due = polls < _due ? polls : _due;
        }

        return DoByPriceAsync(session, _state, cancellationToken);
    }

    private async Task<DateTime> ReadAndDoAsync(AccountSession session, CancellationToken cancellationToken)
    {
        // Before reading: what changes from here on is read by the next step.
        (_changed, _state) = (false, null);
        await _reports.WriteAsync(session, _inFlight, cancellationToken);
        var state = await _reading.ReadAsync(cancellationToken);
        if (!state.IsIdle || !_inFlight.IsIdle || _prices.HasBots)
        {
            _busyAt = Now();
        }

        // Before taking: what is heard from here on either is taken or wakes the loop.
        _awaited = state.Orders.Where(o => o.Status.MayChangeThere()).Select(o => o.Symbol).ToHashSet(StringComparer.Ordinal);
        var dirty = _dirty.Take(_inFlight.Symbols);
        try
        {
            var signals = await _signals.PlanAsync(session, state, _inFlight, cancellationToken);
            var closing = await _closing.CloseAsync(session, state, _inFlight, cancellationToken);
            var orders = await _dispatcher.DoAsync(session, state, _inFlight, dirty, cancellationToken);
            var watch = await _watch.LookAsync(session, state, cancellationToken);
            _due = new[] { signals, closing, orders, watch, state.NextSignalAt ?? DateTime.MaxValue, Now() + MaxSleep }.Min();
        }
        catch
        {
            _dirty.Add(dirty); // nobody has looked
            throw;
        }

        _state = state;
        return await DoByPriceAsync(session, state, cancellationToken);
    }

    private async Task<DateTime> DoByPriceAsync(AccountSession session, AccountState state, CancellationToken cancellationToken)
    {
        var next = await _prices.DoAsync(session, state, cancellationToken);
        return _due = next < _due ? next : _due;
    }

    /// <summary>On stopping: calls that are on their way are waited for, and what they bring is written.</summary>
    private async Task LastReportsAsync()
    {
        var until = Now() + _options.SendWithin;
        var session = Session();
        while (!_inFlight.IsIdle && Now() < until)
        {
            await _reports.WriteAsync(session, _inFlight, CancellationToken.None);
            await _wake.WaitAsync(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        }
    }
}
