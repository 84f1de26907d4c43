using System.ComponentModel.DataAnnotations;

namespace ExEngine.Web.Mail;

/// <summary>Section <c>Mail</c>: the SMTP server that links to set a new password, and invitations, are sent with.</summary>
public sealed class MailOptions
{
    /// <summary>Name or address of the SMTP server. Nothing is mailed without it. Default: none.</summary>
    public string? Host { get; set; }

    /// <summary>Its port, 1 to 65535. Default: 587.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>Who signs in there; nobody when it is not set. Default: none.</summary>
    public string? User { get; set; }

    /// <summary>Their password. Default: none.</summary>
    public string? Password { get; set; }

    /// <summary>Whom mails are from, such as <c>Execution Engine &lt;trade@example.org&gt;</c>. Default: none.</summary>
    public string? From { get; set; }

    /// <summary>How the connection is secured. Default: StartTls.</summary>
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>Whether mails are sent at all.</summary>
    internal bool IsOn => !string.IsNullOrWhiteSpace(Host);
}

public enum MailSecurity
{
    /// <summary>TLS begins after the greeting, as on port 587; a server that cannot do so is not used.</summary>
    StartTls,

    /// <summary>TLS from the first byte, as on port 465.</summary>
    Tls,

    /// <summary>None: for a server on this machine.</summary>
    None,
}
