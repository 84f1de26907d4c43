namespace ExEngine.Core.Risk;

/// <summary>What became of a request to read or change trading state and limits.</summary>
public abstract record RiskResult
{
    private RiskResult() { }

    /// <param name="Setting">What is stored, or what holds while nothing is.</param>
    /// <param name="State">What holds now: a daily loss or a drawdown may make an active scope reduce-only.</param>
    /// <param name="Currency">What value limits are in.</param>
    public sealed record Done(RiskSetting Setting, TradingState State, string Currency) : RiskResult;

    /// <summary>There is no such account or webhook, or it is another user's.</summary>
    public sealed record NotFound : RiskResult;

    /// <summary>Field errors, by the field's name.</summary>
    public sealed record Invalid(IDictionary<string, string[]> Errors) : RiskResult;
}
