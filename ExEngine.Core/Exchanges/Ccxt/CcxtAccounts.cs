using System.Collections.Concurrent;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges.Accounts;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>Live accounts with their opened keys, which never leave memory but for the gateway. Thread-safe.</summary>
public sealed class CcxtAccounts
{
    private static readonly string[] Fields = ["ApiKey", "Secret", "Passphrase"];

    private readonly ConcurrentDictionary<Guid, Opened> _opened = new();
    private readonly CcxtCall _call;
    private readonly SecretSealer _sealer;
    private readonly IOptions<GatewayOptions> _gateway;
    private readonly IOptions<ExchangesOptions> _exchanges;
    private readonly ExchangeReach _reach;
    private readonly TimeProvider _time;

    public CcxtAccounts(
        CcxtCall call,
        SecretSealer sealer,
        ChangeFeed feed,
        GatewayStatus status,
        IOptions<GatewayOptions> gateway,
        IOptions<ExchangesOptions> exchanges,
        ExchangeReach reach,
        TimeProvider time
    )
    {
        (_call, _sealer, _gateway, _exchanges, _reach, _time) = (call, sealer, gateway, exchanges, reach, time);
        status.Started += () => _ = Parallel.ForEachAsync(_opened.Values, (account, _) => new ValueTask(account.Exchange.WarmAsync()));

        // A deleted account's keys leave memory; one that was changed is opened anew.
        feed.Heard += e =>
        {
            if (e.Kind == ChangeKind.ExchangeAccount)
            {
                _opened.TryRemove(e.Id, out _);
            }
        };
    }

    /// <summary>The exchange turned an account's key down; handlers must only take note.</summary>
    public event Action<Guid>? KeyRefused;

    /// <exception cref="System.Security.Cryptography.CryptographicException">The stored secrets do not open with this key ring.</exception>
    public IExchange Of(ExchangeAccount account) => Open(account);

    /// <summary>An account that is not stored (yet); without keys, for what is public.</summary>
    internal CcxtExchange Of(string exchange, CcxtKeys? keys) => new(_call, Question(exchange) with { Keys = keys }, _ => { }, _time);

    private CcxtExchange Open(ExchangeAccount account)
    {
        string?[] stored = [account.ApiKeySealed, account.SecretSealed, account.PassphraseSealed];
        if (_opened.TryGetValue(account.Id, out var known) && known.Sealed.SequenceEqual(stored))
        {
            return known.Exchange;
        }

        var opened = stored
            .Zip(
                Fields,
                (ciphertext, field) =>
                    ciphertext is null
                        ? null
                        : _sealer.Open(new SecretPlace(nameof(ExchangeAccount), account.UserId, account.Id, field), ciphertext)
            )
            .ToArray();
        var question = Question(account.Exchange) with { Keys = new CcxtKeys(opened[0], opened[1], opened[2]) };
        var exchange = new CcxtExchange(_call, question, fault => Note(account.Id, fault), _time);
        _opened[account.Id] = new Opened(stored, exchange);

        // What its first order would otherwise wait for; nobody waits for this.
        _ = exchange.WarmAsync();
        return exchange;
    }

    private void Note(Guid accountId, ExchangeFault? fault)
    {
        _reach.Note(accountId, fault);
        if (fault?.Kind == FaultKind.Credentials)
        {
            KeyRefused?.Invoke(accountId);
        }
    }

    /// <summary>A question about what is public.</summary>
    internal CcxtQuestion Question(string exchange)
    {
        var place = _exchanges.Value.GetValueOrDefault(exchange);
        return new()
        {
            Exchange = exchange,
            BaseUrl = place?.BaseUrl,
            Sandbox = place?.Sandbox == true,
            Timeout = (int)_gateway.Value.ExchangeTimeout.TotalMilliseconds,
        };
    }

    private sealed record Opened(string?[] Sealed, CcxtExchange Exchange);
}
