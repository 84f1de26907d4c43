using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Tests.Support;

/// <summary>The real databases, until a test takes them away or holds the next reader back.</summary>
public sealed class BreakableDatabases(IDbContextFactory<AppDb> real) : IDbContextFactory<AppDb>
{
    private readonly Lock _lock = new();
    private Task _gate = Task.CompletedTask;
    private int _held;

    public bool Broken { get; set; }

    /// <summary>Readers that stood at the gate so far.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>Holds the next reader, and it alone, until <paramref name="open"/> is done.</summary>
    public void HoldNext(Task open)
    {
        lock (_lock)
        {
            _gate = open;
        }
    }

    public AppDb CreateDbContext() => Broken ? throw new TimeoutException("The test took the database away.") : real.CreateDbContext();

    public async Task<AppDb> CreateDbContextAsync(CancellationToken cancellationToken = default)
    {
        Task gate;
        lock (_lock)
        {
            (gate, _gate) = (_gate, Task.CompletedTask);
        }

        if (!gate.IsCompleted)
        {
            Interlocked.Increment(ref _held);
            await gate.WaitAsync(cancellationToken);
        }

        return CreateDbContext();
    }
}
