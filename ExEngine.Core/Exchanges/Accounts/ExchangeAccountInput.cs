using System.Text.Json.Serialization;

namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>What a person or a script states about an account, the same in the form and over REST.</summary>
public sealed record ExchangeAccountInput
{
    public static IReadOnlyDictionary<string, string> DefaultPaperBalances { get; } = new Dictionary<string, string> { ["USDT"] = "10000" };

    public string? Name { get; set; }

    /// <summary>CCXT's id of the exchange, or <c>paper</c>. May be left out when an account is changed.</summary>
    public string? Exchange { get; set; }

    /// <summary>May be left out when an account is changed; <c>paper</c> for the exchange <c>paper</c>.</summary>
    public AccountMode? Mode { get; set; }

    /// <summary>Write-only. When an account is changed, an empty one keeps what is stored; so for the next two.</summary>
    public string? ApiKey { get; set; }
    public string? Secret { get; set; }
    public string? Passphrase { get; set; }

    /// <summary>Asset to exact decimal: what a paper account starts with.</summary>
    [JsonConverter(typeof(PaperBalancesConverter))]
    public IReadOnlyDictionary<string, string>? PaperBalances { get; set; }

    /// <summary>Whether this would store keys of an exchange.</summary>
    [JsonIgnore]
    public bool BringsKeys => !string.IsNullOrEmpty(ApiKey) || !string.IsNullOrEmpty(Secret) || !string.IsNullOrEmpty(Passphrase);

    // A record prints its properties; these would end up in a log.
    public override string ToString() => $"{Name} on {Exchange} ({Mode})";
}
