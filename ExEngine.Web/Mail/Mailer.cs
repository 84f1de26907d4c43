using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ExEngine.Web.Mail;

/// <summary>Hands one letter to the SMTP server. Thread-safe: each letter has a connection of its own.</summary>
public sealed class Mailer(IOptions<MailOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public bool IsOn => options.Value.IsOn;

    /// <exception cref="MailRefusedException">The server will not take this letter, now or later.</exception>
    /// <exception cref="MailFailedException">It was not sent; trying again may help.</exception>
    public async Task SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        using var message = new MimeMessage(
            [MailboxAddress.Parse(options.Value.From!)],
            [new MailboxAddress("", letter.To)],
            letter.Subject,
            new TextPart("plain") { Text = letter.Text }
        );
        message.Date = time.GetUtcNow();
        using var client = new SmtpClient { Timeout = (int)Longest.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(options.Value.Host!, options.Value.Port, SecurityOf(options.Value.Security), cancellationToken);
            if (!string.IsNullOrEmpty(options.Value.User))
            {
                await client.AuthenticateAsync(options.Value.User, options.Value.Password ?? "", cancellationToken);
            }

            await client.SendAsync(message, cancellationToken);
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (SmtpCommandException e) when ((int)e.StatusCode >= 500)
        {
            // Its text may name the address.
            throw new MailRefusedException($"the server answered {(int)e.StatusCode}", e);
        }
        catch (Exception e)
            when (e
                    is SmtpCommandException
                        or MailKit.ProtocolException
                        or IOException
                        or System.Net.Sockets.SocketException
                        or SslHandshakeException
                        or MailKit.Security.AuthenticationException
                        or NotSupportedException
                        or TimeoutException
            )
        {
            throw new MailFailedException($"{e.GetType().Name}", e);
        }
    }

    private static SecureSocketOptions SecurityOf(MailSecurity security) =>
        security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        };
}

/// <summary>A letter that was not sent.</summary>
public class MailFailedException : Exception
{
    public MailFailedException() { }

    public MailFailedException(string message)
        : base(message) { }

    public MailFailedException(string message, Exception inner)
        : base(message, inner) { }
}

/// <summary>A letter that will not be sent however often it is tried.</summary>
public sealed class MailRefusedException : MailFailedException
{
    public MailRefusedException() { }

    public MailRefusedException(string message)
        : base(message) { }

    public MailRefusedException(string message, Exception inner)
        : base(message, inner) { }
}
