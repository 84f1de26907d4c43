namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>What became of a request to change an account.</summary>
public abstract record AccountAnswer
{
    public sealed record Done(ExchangeAccount Account) : AccountAnswer;

    /// <summary>Someone else's account answers like one that does not exist.</summary>
    public sealed record NotFound : AccountAnswer;

    /// <param name="Errors">Messages per property of <see cref="ExchangeAccountInput"/>.</param>
    public sealed record Invalid(IDictionary<string, string[]> Errors) : AccountAnswer;

    /// <summary>Not deleted: these would stop working.</summary>
    public sealed record InUse(IReadOnlyList<AccountUse> Uses) : AccountAnswer;
}
