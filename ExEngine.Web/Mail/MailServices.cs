using System.Net;
using ExEngine.Core.Hosting;
using ExEngine.Web.Users.Links;
using MimeKit;

namespace ExEngine.Web.Mail;

public static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services
            .AddSettings<MailOptions>("Mail")
            .Validate(
                o => !o.IsOn || (o.From is { } from && MailboxAddress.TryParse(from, out _)),
                "Mail:From is needed with Mail:Host: an address such as Execution Engine <trade@example.org>."
            )
            .Validate(
                o => !o.IsOn || string.IsNullOrEmpty(o.User) || o.Security != MailSecurity.None || IsThisMachine(o.Host!),
                "Mail:Security=None would send Mail:Password in the clear. Use StartTls or Tls."
            )
            .Validate<UserLinks>(
                (o, links) => !o.IsOn || links.PublicPlace is not null,
                "PublicUrl is needed with Mail:Host: links in mails must not begin with what a request calls this server."
            );
        services.AddSingleton<Mailer>();
        services.AddSingleton<Outbox>();
        services.AddHostedService(sp => sp.GetRequiredService<Outbox>());
        return services;
    }

    private static bool IsThisMachine(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
