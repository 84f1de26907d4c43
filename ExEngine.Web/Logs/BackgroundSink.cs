using System.Threading.Channels;
using ExEngine.Web.Network;
using Serilog.Core;
using Serilog.Events;

namespace ExEngine.Web.Logs;

/// <summary>
/// Takes log events off the request's path: one task cleans and writes them. A writer that cannot keep up loses the newest
/// and says how many; an orderly stop writes all that wait.
/// </summary>
public sealed class BackgroundSink : ILogEventSink, IDisposable
{
    private readonly Channel<LogEvent> _waiting = Channel.CreateBounded<LogEvent>(
        new BoundedChannelOptions(20_000) { SingleReader = true }
    );
    private readonly Logger _inner;
    private readonly Task _writing;
    private long _lost;
    private volatile bool _startRefused;

    public BackgroundSink(Logger inner)
    {
        _inner = inner;
        _writing = Task.Run(WriteAsync);
    }

    public void Emit(LogEvent logEvent)
    {
        if (!IsToldElsewhere(logEvent) && !_waiting.Writer.TryWrite(logEvent))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _writing.Wait();
        _inner.Dispose();
    }

    private async Task WriteAsync()
    {
        await foreach (var logEvent in _waiting.Reader.ReadAllAsync())
        {
            Write(logEvent);
            if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
            {
                _inner.Warning("{Lost} log lines were lost, because they came faster than they could be written", lost);
            }
        }
    }

    // A value whose text cannot be made must not end the writing of all later events. Its own text may be what is wrong.
    private void Write(LogEvent logEvent)
    {
        try
        {
            _inner.Write(SecretGuard.Clean(logEvent));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _inner.Error("A log line could not be written ({Error})", e.GetType().Name);
        }
    }

    // A refused start is told in words on the console when the process ends; the host would add a stack trace, and others for
    // the background services that it cancels thereupon.
    private bool IsToldElsewhere(LogEvent e)
    {
        if (
            e.Exception is null
            || !e.Properties.TryGetValue("SourceContext", out var source)
            || source is not ScalarValue { Value: "Microsoft.Extensions.Hosting.Internal.Host" }
        )
        {
            return false;
        }

        _startRefused |= StartupErrors.Explain(e.Exception) is not null;
        return _startRefused && (e.Exception is OperationCanceledException || StartupErrors.Explain(e.Exception) is not null);
    }
}
