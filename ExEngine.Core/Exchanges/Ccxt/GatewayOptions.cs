using System.ComponentModel.DataAnnotations;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>Section <c>Gateway</c>: the Node process that speaks with exchanges through CCXT.</summary>
public sealed class GatewayOptions
{
    /// <summary>False: no gateway; only the built-in paper exchange and rules that are stored already. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The Node.js executable, 20 or later: a path, or a name to find on the PATH. Default: <c>node</c>.</summary>
    [Required]
    public string NodePath { get; set; } = "node";

    /// <summary>
    /// Whether it is kept to its own files and the network: without privileges, in Node's permission model, with a bounded heap.
    /// Default: true.
    /// </summary>
    public bool Confined { get; set; } = true;

    /// <summary>
    /// The account that it runs as where this program runs as root; it must be able to read the gateway's files. Default: <c>nobody</c>.
    /// </summary>
    [Required]
    public string User { get; set; } = "nobody";

    /// <summary>The folder with the gateway's <c>server.mjs</c>. Default: found beside the application.</summary>
    public string? Directory { get; set; }

    /// <summary>
    /// Address of a gateway that runs elsewhere, such as <c>http://gateway:8090</c>; none is started then. Default: none.
    /// </summary>
    [Url]
    public string? Url { get; set; }

    /// <summary>The secret that such a gateway was given; 32 characters or more. Default: none.</summary>
    [MinLength(32)]
    public string? Secret { get; set; }

    /// <summary>How long one answer may take, all calls to the exchange for it included. 1 s to 5 min; default: 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one HTTP call to an exchange may take. 1 s to 1 min; default: 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan ExchangeTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the process may take to listen. 1 s to 5 min; default: 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The pause before a restart; it doubles with each failure in a row, up to a minute. 50 ms to 1 min; default: 500 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan RestartDelay { get; set; } = TimeSpan.FromMilliseconds(500);
}
