using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using ExEngine.Tests.Support;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace ExEngine.Tests.Mail;

/// <summary>An SMTP server on a port of its own that keeps what it is given.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly Letters _letters = new();
    private readonly Task _running;

    public MailServer()
    {
        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .Endpoint(e => e.Endpoint(new IPEndPoint(IPAddress.Loopback, Port)))
            .Build();
        var services = new ServiceProvider();
        services.Add(_letters);
        _running = new SmtpServer.SmtpServer(options, services).StartAsync(_ended.Token);
    }

    public int Port { get; } = FreePort.Next();

    /// <summary>What came, oldest first.</summary>
    public IReadOnlyList<MimeMessage> Received => [.. _letters.Kept];

    /// <summary>Letters that it turns away for now, before it takes any.</summary>
    public int Busy
    {
        set => _letters.Busy = value;
    }

    public async Task<MimeMessage> NextAsync(int count = 1)
    {
        await Until.True(() => Received.Count >= count);
        return Received[count - 1];
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _running;
        _ended.Dispose();
    }

    private sealed class Letters : MessageStore
    {
        private int _busy;

        public ConcurrentQueue<MimeMessage> Kept { get; } = [];

        public int Busy
        {
            set => _busy = value;
        }

        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context,
            IMessageTransaction transaction,
            ReadOnlySequence<byte> buffer,
            CancellationToken cancellationToken
        )
        {
            if (Interlocked.Decrement(ref _busy) >= 0)
            {
                return new SmtpResponse(SmtpReplyCode.ServiceUnavailable, "not now");
            }

            using var stream = new MemoryStream(buffer.ToArray());
            Kept.Enqueue(await MimeMessage.LoadAsync(stream, cancellationToken));
            return SmtpResponse.Ok;
        }
    }
}
