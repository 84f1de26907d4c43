using System.Threading.Channels;

namespace ExEngine.Web.Mail;

/// <summary>
/// Letters are written and sent behind the back of who asked for them, so that the time of an answer tells nothing. They wait in memory:
/// one that is lost in a restart is asked for again.
/// </summary>
public sealed class Outbox(Mailer mailer, TimeProvider time, ILogger<Outbox> logger) : BackgroundService
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10)];

    private readonly Channel<Func<CancellationToken, Task<Letter?>>> _waiting = Channel.CreateBounded<
        Func<CancellationToken, Task<Letter?>>
    >(new BoundedChannelOptions(1000) { SingleReader = true });

    /// <summary>Whether anything is mailed at all.</summary>
    public bool IsOn => mailer.IsOn;

    /// <param name="write">Called later; null for no letter.</param>
    public void Post(Func<CancellationToken, Task<Letter?>> write)
    {
        if (!_waiting.Writer.TryWrite(write))
        {
            logger.LogWarning("A mail was not sent, because too many wait");
        }
    }

    public void Post(Letter letter) => Post(_ => Task.FromResult<Letter?>(letter));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var write in _waiting.Reader.ReadAllAsync(stoppingToken))
            {
                await TryAsync(write, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task<Letter?>> write, CancellationToken stoppingToken)
    {
        try
        {
            if (await write(stoppingToken) is { } letter)
            {
                await SendAsync(letter, stoppingToken);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning("A mail was not sent: {Reason}", e is MailFailedException ? e.Message : e.GetType().Name);
        }
    }

    private async Task SendAsync(Letter letter, CancellationToken stoppingToken)
    {
        foreach (var pause in Pauses)
        {
            try
            {
                await mailer.SendAsync(letter, stoppingToken);
                return;
            }
            catch (MailFailedException e) when (e is not MailRefusedException)
            {
                await Task.Delay(pause, time, stoppingToken);
            }
        }

        await mailer.SendAsync(letter, stoppingToken);
    }
}
