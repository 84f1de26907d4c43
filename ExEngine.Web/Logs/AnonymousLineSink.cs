using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace ExEngine.Web.Logs;

/// <summary>
/// Passes log events on, but for those of an address that causes too many without being signed in (<see cref="AnonymousLines"/>), whoever
/// writes them: this product, or the framework about a cookie or a body that it cannot read.
/// </summary>
public sealed class AnonymousLineSink : ILogEventSink, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly MessageTemplate Template = new MessageTemplateParser().Parse(
        "… and {Lines} more lines of requests from {Address} that were not signed in"
    );

    private readonly HttpContextAccessor _requests = new();
    private readonly BackgroundSink _inner;
    private readonly AnonymousLines _lines;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    public AnonymousLineSink(BackgroundSink inner, AnonymousLines lines, TimeProvider time)
    {
        (_inner, _lines, _time) = (inner, lines, time);
        _timer = time.CreateTimer(_ => Tell(all: false), null, Period, Period);
    }

    public void Emit(LogEvent logEvent)
    {
        if (logEvent.Level < LogEventLevel.Information || IsAdmitted(logEvent))
        {
            _inner.Emit(logEvent);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        Tell(all: true);
        _inner.Dispose();
    }

    private bool IsAdmitted(LogEvent logEvent)
    {
        try
        {
            return _requests.HttpContext is not { } request
                || request.User.Identity?.IsAuthenticated == true
                || _lines.Admit(request.Connection.RemoteIpAddress, IsSecurity(logEvent));
        }
        catch (ObjectDisposedException)
        {
            return true; // written by what outlived its request
        }
    }

    private static bool IsSecurity(LogEvent logEvent) =>
        logEvent.Properties.TryGetValue(Constants.SourceContextPropertyName, out var source)
        && source is ScalarValue { Value: LogServices.Security };

    private void Tell(bool all)
    {
        foreach (var left in _lines.End(all))
        {
            var source = left.IsSecurity ? LogServices.Security : typeof(AnonymousLines).FullName;
            _inner.Emit(
                new LogEvent(
                    _time.GetUtcNow(),
                    LogEventLevel.Warning,
                    null,
                    Template,
                    [
                        new LogEventProperty("Lines", new ScalarValue(left.Lines)),
                        new LogEventProperty("Address", new ScalarValue(left.Address.ToString())),
                        new LogEventProperty(Constants.SourceContextPropertyName, new ScalarValue(source)),
                    ]
                )
            );
        }
    }
}
