using System.Collections.Frozen;
using ExEngine.Core.Exchanges.Ccxt;

namespace ExEngine.Core.Exchanges;

/// <summary>
/// The exchanges that accounts can be on: the built-in one, and those of the CCXT version that this build ships with. It
/// needs no gateway, so that keys can be entered while that is down.
/// </summary>
public sealed class ExchangeDirectory
{
    private readonly IReadOnlyList<ExchangeInfo> _known =
    [
        new(ExchangeInfo.Paper, "Paper", [], Streams: true),
        .. CcxtExchangeList.Read().OrderBy(e => e.Name, StringComparer.OrdinalIgnoreCase),
    ];

    private readonly FrozenSet<string> _ids;

    public ExchangeDirectory() => _ids = _known.Select(e => e.Id).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The built-in one first, then by name.</summary>
    public ValueTask<IReadOnlyList<ExchangeInfo>> ListAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_known);

    public bool Knows(string id) => _ids.Contains(id);
}
