using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Preview;

/// <summary>Where a bot is to trade: whose account, by which rules and for which fees.</summary>
/// <param name="FeeSource">In words, for who reads a result.</param>
public sealed record BotGround(ExchangeAccount Account, Market Market, FeeRates Fees, string FeeSource);

/// <summary>How the search for a ground ended.</summary>
public abstract record BotGroundResult
{
    private BotGroundResult() { }

    public sealed record Found(BotGround Ground) : BotGroundResult;

    /// <summary>There is no such account, or it is another user's.</summary>
    public sealed record NotFound : BotGroundResult;

    /// <param name="Errors">By field.</param>
    public sealed record Invalid(IDictionary<string, string[]> Errors) : BotGroundResult;
}
