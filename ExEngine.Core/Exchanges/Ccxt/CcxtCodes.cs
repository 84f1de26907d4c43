using System.Collections.Frozen;
using ExEngine.Core.Exchanges.Ccxt.Descriptions;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>What an exchange's own code says about a request, as its description has it.</summary>
internal sealed class CcxtCodes
{
    private static readonly FrozenDictionary<string, CcxtCodes> All = ExchangeDescriptions.All.ToFrozenDictionary(
        e => e.Key,
        e => new CcxtCodes(e.Value)
    );

    private readonly FrozenDictionary<string, FaultKind> _whole;
    private readonly (string Beginning, FaultKind Kind)[] _beginnings;
    private readonly IReadOnlyList<CodeMessage> _messages;

    private CcxtCodes(ExchangeDescription description)
    {
        var codes = description.Codes.All().ToLookup(c => c.Code.EndsWith('*'));
        _whole = codes[false].ToFrozenDictionary(c => c.Code, c => c.Kind, StringComparer.Ordinal);
        _beginnings = [.. codes[true].Select(c => (c.Code[..^1], c.Kind)).OrderByDescending(c => c.Item1.Length)];
        _messages = description.Messages;
    }

    /// <returns>Null where the code decides nothing by itself.</returns>
    public static FaultKind? KindOf(string exchange, CcxtFault fault) =>
        fault.Code is { } code && All.TryGetValue(exchange, out var codes) ? codes.KindOf(code, fault.Message) : null;

    private FaultKind? KindOf(string code, string text)
    {
        if (_messages.FirstOrDefault(m => m.Code == code && text.Contains(m.Says, StringComparison.OrdinalIgnoreCase)) is { } message)
        {
            return message.Means;
        }

        return _whole.TryGetValue(code, out var kind) ? kind
            : _beginnings.FirstOrDefault(b => code.StartsWith(b.Beginning, StringComparison.Ordinal)) is { Beginning: not null } begun
                ? begun.Kind
            : null;
    }
}
