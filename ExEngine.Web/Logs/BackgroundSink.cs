using Serilog.Core;
using Serilog.Events;
using System.Threading.Channels;

namespace ExEngine.Web.Logs;

/// <summary>
/// Takes log events off the request's path: one task cleans and writes them. A writer that cannot keep up loses the newest
/// and says how many; an orderly stop writes all that wait.
/// </summary>
internal sealed class BackgroundSink : ILogEventSink, IDisposable
{
    private readonly Channel<LogEvent> _waiting = Channel.CreateBounded<LogEvent>(
        new BoundedChannelOptions(20_000) { SingleReader = true });
    private readonly Logger _inner;
    private readonly Task _writing;
    private long _lost;

    public BackgroundSink(Logger inner)
    {
        _inner = inner;
        _writing = Task.Run(WriteAsync);
    }

    public void Emit(LogEvent logEvent)
    {
        if (!IsRefusedStart(logEvent) && !_waiting.Writer.TryWrite(logEvent))
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
            _inner.Write(SecretGuard.Clean(logEvent));
            if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
            {
                _inner.Warning("{Lost} log lines were lost, because they came faster than they could be written", lost);
            }
        }
    }

    // Told in words on the console when the process ends; the host would add a stack trace.
    private static bool IsRefusedStart(LogEvent e) => e.Exception is not null && StartRefusals.Explain(e.Exception) is not null
        && e.Properties.TryGetValue("SourceContext", out var source)
        && source is ScalarValue { Value: "Microsoft.Extensions.Hosting.Internal.Host" };
}
