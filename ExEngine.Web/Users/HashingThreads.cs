using System.Collections.Concurrent;

namespace ExEngine.Web.Users;

/// <summary>
/// Few threads of their own that hash passwords, one after the other: strangers who guess wait for each other, and alerts for none of them.
/// Half of the cores, one at least.
/// </summary>
public sealed class HashingThreads : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    public HashingThreads()
    {
        for (var i = 0; i < Math.Max(1, Environment.ProcessorCount / 2); i++)
        {
            new Thread(Work)
            {
                IsBackground = true,
                Name = "password hashing",
                Priority = ThreadPriority.BelowNormal,
            }.Start();
        }
    }

    /// <summary>The result of the work, or what it threw.</summary>
    public T Run<T>(Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                result.SetResult(work());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        });
        return result.Task.GetAwaiter().GetResult();
    }

    public void Dispose() => _work.CompleteAdding();

    private void Work()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
