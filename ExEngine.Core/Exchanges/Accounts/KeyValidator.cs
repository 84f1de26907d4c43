namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>Judges a key by what the exchange says about it. A key must be able to trade, and to do nothing else.</summary>
public static class KeyValidator
{
    private const string Narrow = "Make one at the exchange that may only read and trade, and enter that.";

    /// <param name="exchange">The exchange's name as people write it.</param>
    public static KeyVerdict Judge(string exchange, ExchangeResult<KeyRights> answer) =>
        answer switch
        {
            { Value: { } rights } => Judge(exchange, rights),
            { Fault: { Kind: FaultKind.Credentials } fault } => new(
                KeyState.Rejected,
                null,
                $"{exchange} does not take this key: {fault.Message} ({fault.Code}). Check the key, its secret and the addresses it is tied to."
            ),
            { Fault: { Kind: FaultKind.NotSupported } } => new(
                KeyState.Unchecked,
                null,
                $"{exchange} has no way to check a key. {Unknown}"
            ),
            var other => new(
                KeyState.Unchecked,
                null,
                $"{exchange} could not be asked about this key: {other.Fault!.Message} It is asked again soon."
            ),
        };

    private static string Unknown => "Make sure that the key may not withdraw, and is tied to this server's address.";

    private static KeyVerdict Judge(string exchange, KeyRights rights) =>
        rights switch
        {
            { Withdraw: true } => new(KeyState.TooPowerful, rights, $"This key may withdraw. {Narrow}"),
            { Transfer: true } => new(KeyState.TooPowerful, rights, $"This key may transfer to other accounts. {Narrow}"),
            { Trade: false } => new(
                KeyState.Rejected,
                rights,
                "This key may not trade. Allow it spot trading at the exchange, or enter another one."
            ),
            { Withdraw: null } => new(KeyState.Accepted, rights, $"{exchange} takes this key, and does not tell what it may do. {Unknown}"),
            { IpRestricted: true } => new(
                KeyState.Accepted,
                rights,
                $"{exchange} takes this key. It may trade, may not withdraw, and is tied to an address."
            ),
            _ => new(
                KeyState.Accepted,
                rights,
                $"{exchange} takes this key. It may trade and may not withdraw, but is tied to no address: whoever gets hold of it can trade with it. "
                    + "Restrict it to this server's address at the exchange."
            ),
        };
}
