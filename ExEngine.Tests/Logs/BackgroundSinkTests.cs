using ExEngine.Web.Logs;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Logs;

public sealed class BackgroundSinkTests
{
    private static readonly Exception AddressInUse = new IOException(
        "The address is in use.",
        new Microsoft.AspNetCore.Connections.AddressInUseException("in use")
    );

    [Fact]
    public void EventThatCannotBeWritten_DoesNotEndTheWriting()
    {
        var lines = Write(log =>
        {
            log.Information("before");
            log.Write(
                new LogEvent(
                    DateTimeOffset.UnixEpoch,
                    LogEventLevel.Information,
                    null,
                    new MessageTemplate("broken", []),
                    [new LogEventProperty("Value", new ScalarValue(new Unspeakable()))]
                )
            );
            log.Information("after");
        });

        lines.ShouldBe(["before", "A log line could not be written (\"NotSupportedException\")", "after"]);
    }

    [Fact]
    public void ServicesCancelledByARefusedStart_AreNotReported()
    {
        var lines = Write(log =>
        {
            var host = log.ForContext(Constants.SourceContextPropertyName, "Microsoft.Extensions.Hosting.Internal.Host");
            host.Error(new OperationCanceledException(), "a service of its own accord");
            host.Error(AddressInUse, "start failed");
            host.Error(new OperationCanceledException(), "a service by the stop");
            log.Error(new OperationCanceledException(), "another");
        });

        lines.ShouldBe(["a service of its own accord", "another"]);
    }

    private static List<string> Write(Action<Logger> write)
    {
        var kept = new Kept();
        using (var sink = new BackgroundSink(new LoggerConfiguration().WriteTo.Sink(kept).CreateLogger()))
        using (var log = new LoggerConfiguration().WriteTo.Sink(sink).CreateLogger())
        {
            write(log);
        }

        return kept.Lines;
    }

    private sealed class Kept : ILogEventSink
    {
        public List<string> Lines { get; } = [];

        public void Emit(LogEvent logEvent) => Lines.Add(logEvent.RenderMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    private sealed class Unspeakable
    {
        public override string ToString() => throw new NotSupportedException();
    }
}
