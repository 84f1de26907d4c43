namespace ExEngine.Core.Bots.Backtest.Jobs;

/// <summary>What became of asking for a job.</summary>
public abstract record JobAnswer
{
    private JobAnswer() { }

    public sealed record Done(BacktestJob Job) : JobAnswer;

    /// <summary>There is no such account, or it is another user's.</summary>
    public sealed record NotFound : JobAnswer;

    /// <summary>As many are under way as one user may have.</summary>
    public sealed record TooMany : JobAnswer;

    /// <param name="Errors">By field.</param>
    public sealed record Invalid(IDictionary<string, string[]> Errors) : JobAnswer;
}
