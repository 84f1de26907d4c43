using System.Text.Json;
using ExEngine.Core.Text;

namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>
/// The truth: append-only, in memory, and in a file when one is given, one JSON object a line. A line that was written
/// survives the end of this process.
/// </summary>
internal sealed class Ledger(string? file, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<LedgerEntry> _entries = [];
    private readonly StreamWriter? _file = file is null ? null : new StreamWriter(file, append: true) { AutoFlush = true };

    /// <summary>A line was written. Handlers must only take note.</summary>
    public event Action<LedgerEntry>? Added;

    public void Add(LedgerEntry entry)
    {
        LedgerEntry line;
        lock (_lock)
        {
            line = entry with { Id = _entries.Count + 1, At = time.GetUtcNow().UtcDateTime };
            _entries.Add(line);
            _file?.WriteLine(JsonSerializer.Serialize(line, ExactJson.Options));
        }

        Added?.Invoke(line);
    }

    public LedgerEntry[] After(long id)
    {
        lock (_lock)
        {
            return [.. _entries.Skip((int)Math.Min(id, _entries.Count))];
        }
    }

    public void Dispose() => _file?.Dispose();
}
