namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>What became of a request to change an account.</summary>
public abstract record AccountResult
{
    public sealed record Done(ExchangeAccount Account) : AccountResult;

    /// <summary>Someone else's account answers like one that does not exist.</summary>
    public sealed record NotFound : AccountResult;

    /// <param name="Errors">Messages per property of <see cref="ExchangeAccountInput"/>.</param>
    public sealed record Invalid(IDictionary<string, string[]> Errors) : AccountResult;

    /// <summary>Not made: the user has as many as the operator allows (<c>Caps:AccountsPerUser</c>).</summary>
    public sealed record CapReached(int Cap) : AccountResult
    {
        public string Message => $"You have {Cap} accounts, as many as this server allows. Delete one, or ask its operator for more.";
    }

    /// <summary>Not deleted: these would stop working.</summary>
    public sealed record InUse(IReadOnlyList<AccountUse> Uses) : AccountResult;
}
